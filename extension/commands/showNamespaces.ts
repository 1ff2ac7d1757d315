import * as vscode from 'vscode';
import type {
  NamespaceType,
  ProcessDetails,
  ProcessKey,
  ProcessRow,
} from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { orderedTypes, typeName } from '../../views/namespaces/typeName';
import { namedProcess } from '../../views/rowText';
import { knownText } from '../../views/unknownText';
import { aboutProcess, NothingDone } from '../errors';
import type { Services } from '../services';
import type { PickableVerb } from './verb';

type Item = vscode.QuickPickItem & { readonly type: NamespaceType };

/** A process' eight namespaces, which of them differ from its parent's and from ours, and a jump to each. */
export const showNamespacesVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process whose namespaces to show');
  },
  async run(services, row) {
    const details = await aboutProcess(row, () => detailsOf(services, row.key));
    const [parent, ours] = await Promise.all([parentOf(services, row), ownDetails(services)]);
    const items = orderedTypes.map((type) => item(type, details, parent, ours));
    const chosen = await vscode.window.showQuickPick(items, {
      title: l10n.t('Namespaces of {0}', namedProcess(row)),
      placeHolder: l10n.t('Choose one to see it in the Namespaces view'),
      matchOnDescription: true,
    });
    if (chosen) await jump(services, chosen.type, details);
  },
};

const detailsOf = ({ host }: Services, key: ProcessKey) =>
  host.request('processes/details', { key });

/** undefined where there is none to compare with. */
async function parentOf(services: Services, row: ProcessRow): Promise<ProcessDetails | undefined> {
  if (row.parentKey === null) return undefined;
  return detailsOf(services, row.parentKey).catch(() => undefined);
}

/** The native host is in our own namespaces. */
async function ownDetails(services: Services): Promise<ProcessDetails | undefined> {
  const { state } = services.host;
  if (state.kind !== 'ready') return undefined;
  const own = await services.host.request('processes/find', { pid: state.hello.world.pid });
  return detailsOf(services, own.key);
}

function item(
  type: NamespaceType,
  details: ProcessDetails,
  parent: ProcessDetails | undefined,
  ours: ProcessDetails | undefined,
): Item {
  const differences = [
    compare(type, details, parent, l10n.t('as its parent’s'), l10n.t('not its parent’s')),
    compare(type, details, ours, l10n.t('as ours'), l10n.t('not ours')),
  ].filter(Boolean);
  return {
    type,
    label: typeName(type),
    description: knownText(details.namespaces[type], String),
    detail: differences.join(' · '),
  };
}

/** Nothing where one of the two is not known: two unknowns are not the same. */
function compare(
  type: NamespaceType,
  one: ProcessDetails,
  other: ProcessDetails | undefined,
  same: string,
  differs: string,
): string | undefined {
  const [mine, theirs] = [one.namespaces[type], other?.namespaces[type]];
  if (!theirs || !('value' in mine) || !('value' in theirs)) return undefined;
  return mine.value === theirs.value ? same : differs;
}

async function jump(
  { namespaces }: Services,
  type: NamespaceType,
  { namespaces: all }: ProcessDetails,
): Promise<void> {
  const known = all[type];
  if (!('value' in known)) {
    const reason = knownText(known, String);
    throw new NothingDone(l10n.t('Its {0} namespace is {1}.', typeName(type), reason));
  }
  if (!(await namespaces.reveal(type, known.value))) {
    throw new NothingDone(l10n.t('Namespace {0} has no process any more.', known.value));
  }
}
