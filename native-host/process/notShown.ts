import { HostError } from '../hostError.js';
import type { PidFd } from './pidFd.js';

/** Why procfs shows nothing of a process that is held. Whoever is there still is hidden from this user (hidepid). */
export function notShown(process: Pick<PidFd, 'pid' | 'isReaped'>): HostError {
  const { pid } = process;
  return process.isReaped()
    ? new HostError('Gone', 'it has ended', { pid })
    : new HostError('Denied', 'procfs does not show it to this user', { pid });
}
