import {
  namespaceTypes,
  type Known,
  type NamespaceNumber,
  type ProcessDetails,
} from '../../native-host/protocol';
import { timestamp } from '../format';
import { l10n } from '../l10n';
import { knownText } from '../unknownText';

export interface Fact {
  readonly name: string;
  /** Raw: may hold what the process itself chose. */
  readonly value: string;
}

/** What the tooltip says below the command line. What is unknown is said to be, with the reason. */
export function detailFacts(details: ProcessDetails): readonly Fact[] {
  const { row } = details;
  const facts: Fact[] = [
    { name: l10n.t('Executable'), value: executable(details) },
    { name: l10n.t('Working directory'), value: knownText(details.cwd, String) },
    { name: l10n.t('Started'), value: timestamp(row.startedAt) },
    { name: l10n.t('User'), value: row.uid === null ? row.user : `${row.user} (${row.uid})` },
  ];
  if (details.threads !== null) {
    facts.push({ name: l10n.t('Threads'), value: String(details.threads) });
  }
  facts.push({ name: l10n.t('PID in each namespace'), value: numbers(details.numbers) });
  facts.push({ name: l10n.t('Namespaces'), value: namespaces(details) });
  if (!('value' in details.args)) {
    facts.unshift({ name: l10n.t('Command line'), value: knownText(details.args, String) });
  }
  return facts;
}

function executable({ exe, exeDeleted }: ProcessDetails): string {
  const text = knownText(exe, String);
  return exeDeleted ? l10n.t('{0} (deleted or replaced since)', text) : text;
}

function numbers(known: Known<readonly NamespaceNumber[]>): string {
  return knownText(known, (all) => all.map(({ nsPid }) => nsPid).join(' → '));
}

function namespaces(details: ProcessDetails): string {
  const texts = namespaceTypes.map(
    (type) => `${type} ${knownText(details.namespaces[type], String)}`,
  );
  return groupUnknown(texts, details);
}

/** One word instead of eight times the same reason. */
function groupUnknown(texts: readonly string[], { namespaces: all }: ProcessDetails): string {
  const reasons = new Set(Object.values(all).map((n) => ('value' in n ? 'known' : n.unknown)));
  const [only] = reasons;
  if (reasons.size === 1 && only !== undefined && only !== 'known') {
    return knownText({ unknown: only }, String);
  }
  return texts.join(', ');
}
