/**
 * Signals without any procfs: to whole processes, by their pidfds. What a process would do with the signal, and who is in
 * its group, is not known then.
 */
import { HostError } from '../hostError.js';
import { openPidfd, pidfdInfo } from '../kernel/pidfd.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { SignalGuard, SignalResult } from '../protocol.js';
import { explained, type Signal } from './send.js';
import { defaultAction } from './signalTable.js';

/** @throws HostError, SysError EPERM */
export function sendBare(process: PidFd, { number, value, scope }: Signal): SignalResult {
  const { pid } = process;
  if (scope.kind !== 'process') {
    throw new HostError('Unsupported', 'without a procfs only whole processes', { pid });
  }
  if (defaultAction(number) === 'stop') requireBeside(pid);
  try {
    const zombie = process.hasExited();
    process.signal(number, 0, value);
    return { outcome: zombie ? 'endedAlready' : 'sent', members: null };
  } catch (error) {
    throw explained(error, process);
  }
}

/** Nobody is stopped who may be what we run in: we could not continue it. @throws HostError Refused, Unsupported */
function requireBeside(pid: number): void {
  try {
    if (!isAbove(pid)) return;
  } catch (cause) {
    if (!SysError.is(cause)) throw cause;
    const unknown = 'without a procfs this kernel does not tell whether the native host runs in it';
    throw new HostError('Unsupported', unknown, { pid, cause });
  }
  throw new HostError('Refused', 'it would stop the native host or what it runs in', { pid });
}

/** Why to think twice, as far as it can be told: who belongs to this VS Code cannot. */
export function bareGuards(pid: number): SignalGuard[] {
  const guards: SignalGuard[] = pid === 1 ? ['init'] : [];
  if (pid === process.pid) guards.push('host');
  else if (isToldAbove(pid)) guards.push('ancestor');
  return guards;
}

function isToldAbove(pid: number): boolean {
  try {
    return isAbove(pid);
  } catch (error) {
    if (SysError.is(error)) return false;
    throw error;
  }
}

/** It is the native host, or one of its ancestors. @throws SysError, where these cannot be told up to the first */
function isAbove(pid: number): boolean {
  for (const one of ancestors()) if (one === pid) return true;
  return false;
}

/** Ourselves first, then parent, grandparent... by PIDFD_GET_INFO (6.13). @throws SysError below, or one has just ended */
function* ancestors(): Generator<number> {
  yield process.pid;
  for (let pid = process.ppid; pid > 0; pid = parentOf(pid)) yield pid;
}

function parentOf(pid: number): number {
  using pidfd = openPidfd(pid);
  return pidfdInfo(pidfd).ppid;
}
