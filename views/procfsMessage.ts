import type { InitializeResult } from '../native-host/protocol';
import { l10n } from './l10n';

/** What is wrong with /proc, so that a tree shows less or something else than one would think; empty where nothing is. */
export function procfsMessage({ capabilities, world }: InitializeResult): string {
  const sees = capabilities.find(({ id }) => id === 'procfsAll');
  if (sees && !sees.available && world.procfs.source !== 'none') {
    return l10n.t('/proc hides other users’ processes (hidepid): they are not shown here');
  }
  if (world.procfs.fault === 'foreign') {
    return l10n.t('/proc belongs to another PID namespace: shown are the processes of our own');
  }
  return '';
}
