import type { Container, EntryRefusal, ProcessKey, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess, processName } from '../../views/rowText';
import type { Services } from '../services';
import { sudoEntryCommand } from './entryCommand';
import { openEntryTerminal } from './entryTerminal';
import { refusalText } from './entryTexts';

/** Says why not before any terminal opens, and offers what may work: the engine's own shell, or root. */
export async function offerOtherWays(
  services: Services,
  row: ProcessRow,
  refusal: EntryRefusal,
  cause: string | null,
): Promise<void> {
  const who = namedProcess(row);
  if (cause) services.log.info(`enter ${row.key}: ${cause}`);
  const shell = (await containerOf(services, row.key))?.engineShell;
  const [byEngine, bySudo] = [l10n.t('Use Its Engine'), l10n.t('Open as Root')];
  const text = l10n.t('No terminal for the namespaces of {0}. {1}', who, refusalText(refusal));
  const ways = shell ? [byEngine, bySudo] : [bySudo];
  const answer = await services.messages.warn(text, ...ways);
  if (answer === byEngine && shell) openEngineShell(row, shell);
  if (answer === bySudo) openAsRoot(services, row);
}

function openEngineShell(row: ProcessRow, [program = '', ...args]: readonly string[]): void {
  openEntryTerminal(`${program}: ${processName(row)}`, { program, args, env: {} });
}

/** Root may join whatever differs; which that is, only root can see. */
function openAsRoot({ hostCommand }: Services, row: ProcessRow): void {
  const command = sudoEntryCommand(hostCommand(), row.key);
  openEntryTerminal(l10n.t('sudo: namespaces of {0}', processName(row)), command);
}

/** Asked of the inventory for a moment, where no view keeps it told. */
async function containerOf({ live }: Services, key: ProcessKey): Promise<Container | undefined> {
  const viewer = live.namespaces.join();
  try {
    await viewer.want(true);
    const id = live.namespaces.store.members.get(key)?.container;
    return id ? live.namespaces.store.containers.get(id) : undefined;
  } finally {
    viewer.dispose();
  }
}
