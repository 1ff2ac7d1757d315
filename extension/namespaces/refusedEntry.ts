import type { Container, EntryRefusal, ProcessKey, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import type { NamespaceStore } from '../../views/namespaceStore';
import { namedProcess } from '../../views/rowText';
import { requireOwn } from '../root/requireOwn';
import { openRootTerminal } from '../root/rootTerminal';
import type { Services } from '../services';
import type { HostCommand } from '../signals/sudoCommand';
import { openEntryTerminal } from './entryTerminal';
import { refusalText } from './entryTexts';
import { otherWays, type OtherWay } from './otherWays';

/** Says why not before any terminal opens, and offers what may work: the engine's own shell, or root. */
export async function offerOtherWays(
  services: Services,
  row: ProcessRow,
  refusal: EntryRefusal,
  cause: string | null,
): Promise<void> {
  const who = namedProcess(row);
  if (cause) services.log.info(`enter ${row.key}: ${cause}`);
  const shell = (await containerOf(services, row.key))?.engineShell ?? null;
  const command = services.hostCommand();
  const ways = otherWays(command, row, shell);
  const text = l10n.t('No terminal for the namespaces of {0}. {1}', who, refusalText(refusal));
  const answer = await services.messages.warn(text, ...ways.map(({ title }) => title));
  const chosen = ways.find(({ title }) => title === answer);
  if (chosen) await open(chosen, command);
}

async function open({ terminal, command, asRoot }: OtherWay, host: HostCommand): Promise<void> {
  if (!asRoot) return void openEntryTerminal(terminal, command);
  await requireOwn(host);
  openRootTerminal(terminal, command.args);
}

/** The first answer presumes most to be where their parents are, and names come when they were asked for. */
function isKnown(store: NamespaceStore, key: ProcessKey): boolean {
  const isRead = store.members.get(key)?.provisional === false;
  return isRead && containerIn(store, key)?.isSettled !== false;
}

function containerIn(store: NamespaceStore, key: ProcessKey): Container | undefined {
  const id = store.members.get(key)?.container;
  return id ? store.containers.get(id) : undefined;
}

/** Asked of the inventory for a moment, where no view keeps it told. */
async function containerOf({ live }: Services, key: ProcessKey): Promise<Container | undefined> {
  const viewer = live.namespaces.join();
  try {
    await viewer.want(true);
    await live.namespaces.comes((store) => isKnown(store, key));
    return containerIn(live.namespaces.store, key);
  } finally {
    viewer.dispose();
  }
}
