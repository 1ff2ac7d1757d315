import type { ProcessRow } from '../../native-host/protocol';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { ContainerElement, MoreElement, NamespaceElement } from '../../views/namespaces/elements';
import { containerLabel, namespaceLabel } from '../../views/namespaces/texts';
import { RestElement } from '../../views/processes/processElement';
import { generalCommands, namespaceCommands } from '../contributions';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import type { ChosenNamespace } from '../translating/chosenNamespace';
import { copy } from './clipboard';
import { openTerminalVerb } from './openTerminal';
import type { CommandRegistry } from './register';
import { revealVerb } from './reveal';
import { showOwnTree } from './showOwnTree';
import { translatePid } from './translatePid';

type Place = NamespaceElement | ContainerElement;

/** What can be done with the rows of the Namespaces view that are no processes, and in its title. */
export function registerNamespaceCommands(registry: CommandRegistry, services: Services): void {
  const { namespaces, processes, messages } = services;
  registry.register(namespaceCommands.copyInode, (argument) =>
    copy(messages, requireNamespace(argument).namespace.id),
  );
  registry.register(namespaceCommands.revealFirst, (argument) =>
    revealVerb.run(services, requireFirst(services, requirePlace(argument))),
  );
  registry.register(namespaceCommands.openTerminal, (argument) =>
    openTerminalVerb.run(services, requireFirst(services, requirePlace(argument))),
  );
  registry.register(namespaceCommands.ownTree, (argument) =>
    showOwnTree(services, chosen(services, requireNamespace(argument))),
  );
  registry.register(namespaceCommands.translateFrom, (argument) =>
    translatePid(services, sourceOf(services, requirePlace(argument))),
  );
  registry.register(generalCommands.groupNamespacesByType, () => namespaces.groupBy('type'));
  registry.register(generalCommands.groupNamespacesByContainer, () =>
    namespaces.groupBy('container'),
  );
  registry.register(generalCommands.showMoreProcesses, (argument) => {
    if (argument instanceof MoreElement) namespaces.showMore(argument);
    if (argument instanceof RestElement) processes.showMore(argument);
  });
}

/** As for processes: no row, no action. */
function rowChanged(): NothingDone {
  return new NothingDone(
    l10n.t('The row changed while you clicked, so nothing was done. Please choose it again.'),
  );
}

function requirePlace(argument: unknown): Place {
  if (argument instanceof NamespaceElement || argument instanceof ContainerElement) return argument;
  throw rowChanged();
}

function requireNamespace(argument: unknown): NamespaceElement {
  if (argument instanceof NamespaceElement) return argument;
  throw rowChanged();
}

function chosen({ namespaces }: Services, { namespace }: NamespaceElement): ChosenNamespace {
  const ref = { kind: 'namespace', namespace: namespace.id } as const;
  return { ref, name: namespaceLabel(namespace, namespaces.model) };
}

/** A container's numbers count where its first process is. */
function sourceOf(services: Services, place: Place): ChosenNamespace {
  if (place.kind === 'namespace') {
    const { ref, name } = chosen(services, place);
    return { ref, name: quickPickText(name) };
  }
  const { key } = requireFirst(services, place);
  return { ref: { kind: 'process', key }, name: quickPickText(containerLabel(place.container)) };
}

function requireFirst({ namespaces }: Services, place: Place): ProcessRow {
  const of = place.kind === 'namespace' ? place.namespace : place.container;
  const row = namespaces.model.firstRow(of);
  if (row) return row;
  throw new NothingDone(
    l10n.t('None of its processes can be seen from here, so nothing was done.'),
  );
}
