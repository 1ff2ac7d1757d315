import type { NamespaceContext } from '../../extension/contributions';
import type { ContainerEngine, NamespaceType } from '../../native-host/protocol';
import type { NamespacesElement } from './elements';
import type { NamespacesModel } from './model';
import { description, label } from './texts';

/** All that can be seen of a row but its tooltip: two that are equal need no redraw. */
export interface Appearance {
  readonly label: string;
  readonly description: string;
  /** A codicon; undefined for processes, which have their own. */
  readonly icon: string | undefined;
  readonly context: NamespaceContext | undefined;
  readonly children: 'none' | 'closed' | 'open';
}

const typeIcons: Readonly<Record<NamespaceType, string>> = {
  pid: 'list-tree',
  user: 'account',
  mnt: 'folder-library',
  net: 'globe',
  uts: 'device-desktop',
  ipc: 'comment-discussion',
  cgroup: 'dashboard',
  time: 'clock',
};

const containerIcon = (engine: ContainerEngine | null) =>
  engine === 'systemd' ? 'server-process' : 'package';

export function appearance(
  element: NamespacesElement,
  model: NamespacesModel,
  ownUid: number | null,
): Appearance {
  return {
    label: label(element, model),
    description: description(element, model, ownUid),
    icon: icon(element),
    context: context(element),
    children: children(element),
  };
}

function icon(element: NamespacesElement): string | undefined {
  switch (element.kind) {
    case 'type':
      return typeIcons[element.type];
    case 'namespace':
      return element.namespace.isOurs ? 'home' : 'symbol-namespace';
    case 'unreadable':
      return 'lock';
    case 'container':
      return containerIcon(element.container.name.engine);
    case 'loose':
      return 'circle-outline';
    case 'more':
      return 'ellipsis';
    case 'member':
      return undefined;
  }
}

function context(element: NamespacesElement): NamespaceContext | undefined {
  if (element.kind === 'namespace')
    return element.namespace.type === 'pid' ? 'namespace.pid' : 'namespace';
  return element.kind === 'container' ? 'container' : undefined;
}

/** PID namespaces inside ours are what most people look for: the rest is a click away. */
function children(element: NamespacesElement): Appearance['children'] {
  switch (element.kind) {
    case 'member':
    case 'more':
      return 'none';
    case 'type':
      return element.type === 'pid' ? 'open' : 'closed';
    case 'namespace':
      return element.namespace.type === 'pid' && element.namespace.isOurs ? 'open' : 'closed';
    default:
      return 'closed';
  }
}
