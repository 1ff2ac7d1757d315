import { generalCommands, sortCommands, sortedCommands } from '../contributions';
import type { StoredChoices } from '../../views/processes/choices';
import type { Services } from '../services';
import { filterProcesses } from './filterProcesses';
import { orders } from '../../views/processes/order';
import { groupProcesses } from './groupProcesses';
import { chooseFilter, saveFilter } from './savedFilters';
import { sortProcesses } from './sortProcesses';
import type { CommandRegistry } from './register';

/** What stands in the title of the Processes view. */
export function registerViewCommands(registry: CommandRegistry, services: Services): void {
  const { processes } = services;
  const choosing = (choices: Partial<StoredChoices>) => () => {
    processes.choose(choices);
    return processes.storeChoices();
  };
  registry.register(generalCommands.filterProcesses, (text) => filterProcesses(services, text));
  registry.register(generalCommands.clearFilter, choosing({ filter: '' }));
  registry.register(generalCommands.saveFilter, () => saveFilter(services));
  registry.register(generalCommands.chooseFilter, () => chooseFilter(services));
  registry.register(generalCommands.showKernelThreads, choosing({ kernelThreads: true }));
  registry.register(generalCommands.hideKernelThreads, choosing({ kernelThreads: false }));
  registry.register(generalCommands.showOtherUsers, choosing({ otherUsers: true }));
  registry.register(generalCommands.hideOtherUsers, choosing({ otherUsers: false }));
  registry.register(generalCommands.groupProcesses, () => groupProcesses(services));
  registry.register(generalCommands.sortProcesses, () => sortProcesses(services));
  for (const order of orders) {
    registry.register(sortCommands[order], choosing({ order }));
    registry.register(sortedCommands[order], choosing({ order }));
  }
  registry.register(generalCommands.showNamespaceNumbers, choosing({ namespaceNumbers: true }));
  registry.register(generalCommands.hideNamespaceNumbers, choosing({ namespaceNumbers: false }));
  registry.register(generalCommands.showFigures, choosing({ figures: true }));
  registry.register(generalCommands.hideFigures, choosing({ figures: false }));
  registry.register(generalCommands.refreshProcesses, () => processes.controller.refresh());
}
