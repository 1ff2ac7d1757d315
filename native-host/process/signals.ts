import { HostError } from '../hostError.js';
import { SysError } from '../kernel/sysError.js';
import type { SignalOutcome } from '../protocol.js';
import type { PidFd } from './pidFd.js';

/** SIGRTMAX of the kernel, include/uapi/asm-generic/signal.h: _NSIG. */
export const maxSignal = 64;

/** @throws HostError Gone, Denied, Invisible */
export function sendSignalTo(process: PidFd, signal: number, zombie: boolean): SignalOutcome {
  try {
    process.signal(signal);
    return zombie ? 'endedAlready' : 'sent';
  } catch (error) {
    if (!SysError.is(error)) throw error;
    const details = { pid: process.pid, cause: error };
    // Signal numbers were checked at the boundary: what is left of EINVAL is "not below our PID namespace".
    if (error.code === 'EINVAL') throw new HostError('Invisible', error.message, details);
    if (error.code === 'ESRCH') throw new HostError('Gone', 'it has ended', details);
    throw error;
  }
}
