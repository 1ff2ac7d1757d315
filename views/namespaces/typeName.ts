import { namespaceTypes, type NamespaceType } from '../../native-host/protocol';
import { l10n } from '../l10n';

export function typeName(type: NamespaceType): string {
  switch (type) {
    case 'pid':
      return l10n.t('PID');
    case 'user':
      return l10n.t('User');
    case 'mnt':
      return l10n.t('Mount');
    case 'net':
      return l10n.t('Network');
    case 'uts':
      return l10n.t('UTS (host name)');
    case 'ipc':
      return l10n.t('IPC');
    case 'cgroup':
      return l10n.t('Cgroup');
    case 'time':
      return l10n.t('Time');
  }
}

const askedForFirst: readonly NamespaceType[] = ['pid', 'user', 'mnt', 'net'];

/** In the order in which people ask for them. */
export const orderedTypes: readonly NamespaceType[] = [
  ...askedForFirst,
  ...namespaceTypes.filter((type) => !askedForFirst.includes(type)),
];
