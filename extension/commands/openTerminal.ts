import type { Entry, EntryUser, NamespaceType, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess, processName } from '../../views/rowText';
import { aboutProcess, NothingDone } from '../errors';
import { askJoin } from '../namespaces/askJoin';
import { askUser } from '../namespaces/askUser';
import { entryCommand } from '../namespaces/entryCommand';
import { openEntryTerminal } from '../namespaces/entryTerminal';
import { offerOtherWays } from '../namespaces/refusedEntry';
import type { Services } from '../services';
import type { PickableVerb } from './verb';

/** A terminal in the namespaces of a process. Tried out before it opens, so that a no is said in words. */
export const openTerminalVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process in whose namespaces to open a terminal');
  },
  async run(services, row) {
    const entry = await attempt(services, row);
    if (isHopeless(entry)) return offer(services, row, entry);
    requireDifference(row, entry);
    const join = await askJoin(row, entry);
    const user = join && (await askUser());
    if (!join || !user) return;
    const chosen = await attempt(services, row, join, user);
    if (chosen.refusal) return offer(services, row, chosen);
    if (join.includes('mnt')) requireShell(row, chosen);
    const command = entryCommand(services.hostCommand(), row.key, join, user);
    openEntryTerminal(l10n.t('namespaces of {0}', processName(row)), command);
  },
};

function attempt(
  { host }: Services,
  row: ProcessRow,
  join?: readonly NamespaceType[],
  user?: EntryUser,
): Promise<Entry> {
  const choice = { ...(join && { join }), ...(user && { user }) };
  return aboutProcess(row, () => host.request('namespaces/enterable', { key: row.key, ...choice }));
}

const offer = (services: Services, row: ProcessRow, { refusal, cause }: Entry) =>
  refusal ? offerOtherWays(services, row, refusal, cause) : undefined;

/** Not together and none alone: there is nothing to choose from. */
function isHopeless({ refusal, options }: Entry): boolean {
  const differing = options.filter(({ differs }) => differs !== false);
  return refusal !== null && differing.every((each) => each.refusal !== null);
}

function requireDifference(row: ProcessRow, { options }: Entry): void {
  if (options.some(({ differs }) => differs)) return;
  throw new NothingDone(
    l10n.t('{0} is in the same namespaces as this window: any terminal is.', namedProcess(row)),
  );
}

function requireShell(row: ProcessRow, { shell }: Entry): void {
  if (shell !== null) return;
  throw new NothingDone(
    l10n.t(
      'The root directory of {0} holds no shell to run. Leave out its mount namespace, and your own is used.',
      namedProcess(row),
    ),
  );
}
