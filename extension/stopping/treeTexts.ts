import type {
  Notifications,
  ProcessRow,
  SignalStep,
  TreeMember,
  TreeMemberOutcome,
  TreePreview,
  TreeReport,
} from '../../native-host/protocol';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { guardText } from '../../views/signalEffects';
import { signalName } from '../../views/signals';
import { sequenceText } from '../../views/stopping/stopSequence';
import { namesOf } from '../signals/manyQuestion';

/** Before anything is touched: the root by name, and how many come with it. */
export function treeQuestion(row: ProcessRow, { rows }: TreePreview): string {
  const who = identifiedProcess(row);
  if (rows.length <= 1) return l10n.t('Stop {0} and whatever it starts meanwhile?', who);
  if (rows.length === 2) return l10n.t('Stop {0} and its one descendant?', who);
  return l10n.t('Stop {0} and its {1} descendants?', who, rows.length - 1);
}

export function treeDetail(preview: TreePreview, steps: readonly SignalStep[]): string {
  const foreground = preview.foreground
    ? l10n.t(
        'The foreground job of a terminal is in it, and that terminal may say "Stopped" for a moment.',
      )
    : undefined;
  const guards = preview.guards.map((guard) => `${l10n.t('One of them:')} ${guardText(guard)}`);
  const sequence = l10n.t('Each gets {0}.', sequenceText(steps));
  return [...guards, foreground, sequence, namesOf(preview.rows)].filter(Boolean).join('\n\n');
}

type Shown = Pick<Notifications['tree/progress'], 'phase' | 'left'>;

/** What comes after the signal that was sent last: `signal` is null where nothing does. */
export interface NextStep {
  readonly signal: number | null;
  readonly inMs: number;
}

export function treeProgressText({ phase, left }: Shown, { signal, inMs }: NextStep): string {
  const seconds = Math.max(0, Math.ceil(inMs / 1000));
  switch (phase) {
    case 'freezing':
      return l10n.t('holding {0} still, so that none slips away', left);
    case 'waiting':
      return signal === null
        ? l10n.t('{0} left, waiting {1} s for their end', left, seconds)
        : l10n.t('{0} left, {1} in {2} s', left, signalName(signal), seconds);
    case 'killing':
      return l10n.t('{0} left, killing them', left);
  }
}

/** `11 ended, 1 killed, 1 not permitted: owned by root`; what did not happen is left out. */
export function treeSummary({ members, cancelled, mayHaveEscaped }: TreeReport): string {
  const of = (outcome: TreeMemberOutcome) => members.filter((one) => one.outcome === outcome);
  const counts = [
    count(of('ended'), (n) => l10n.t('{0} ended', n)),
    count(of('killed'), (n) => l10n.t('{0} killed', n)),
    count(of('gone'), (n) => l10n.t('{0} already gone', n)),
    count(of('denied'), (n) => l10n.t('{0} not permitted: owned by {1}', n, owners(of('denied')))),
    count(of('leftStopped'), (n) => l10n.t('{0} still paused, not permitted to continue', n)),
    count(of('survived'), (n) => l10n.t('{0} still running', n)),
  ];
  const escaped = mayHaveEscaped ? l10n.t('some may have escaped unseen') : undefined;
  const text = [...counts, escaped].filter(Boolean).join(', ');
  return cancelled ? l10n.t('cancelled: {0}', text) : text;
}

function count(members: readonly TreeMember[], text: (n: number) => string): string | undefined {
  return members.length === 0 ? undefined : text(members.length);
}

function owners(members: readonly TreeMember[]): string {
  return [...new Set(members.map(({ row }) => messageText(row.user)))].join(', ');
}
