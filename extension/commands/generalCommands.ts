import { attachToNext } from '../attach/next/attachToNext';
import { runAndAttach } from '../attach/running/runAndAttach';
import { generalCommands } from '../contributions';
import { l10n } from '../../views/l10n';
import type { Services } from '../services';
import { pickProcess } from './pickProcess';
import type { CommandRegistry } from './register';
import { showCapabilities } from './showCapabilities';
import { showOwnTree } from './showOwnTree';
import { translatePid } from './translatePid';

/** What belongs to no row and no view. */
export function registerGeneralCommands(registry: CommandRegistry, services: Services): void {
  registry.register(generalCommands.pickProcess, (given) => pickProcess(services, given));
  registry.register(generalCommands.attachToNext, (given) => attachToNext(services, given));
  registry.register(generalCommands.runAndAttach, (given) => runAndAttach(services, given));
  registry.register(generalCommands.translatePid, () => translatePid(services));
  // What a keybinding gives is not looked at: the view has a command of its own for its rows.
  registry.register(generalCommands.showOwnTree, () => showOwnTree(services));
  registry.register(generalCommands.showCapabilities, () => showCapabilities(services));
  registry.register(generalCommands.showLog, () => services.log.show());
  registry.register(generalCommands.restartHost, () => restartHost(services));
}

async function restartHost({ supervisor, messages }: Services): Promise<void> {
  await supervisor.restart();
  messages.status(l10n.t('The native host was restarted'));
}
