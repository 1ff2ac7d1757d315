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
  if (defaultAction(number) === 'stop' && wouldStopUs(pid)) {
    throw new HostError('Refused', 'it may stop the native host or what it runs in', { pid });
  }
  try {
    const zombie = process.hasExited();
    process.signal(number, 0, value);
    return { outcome: zombie ? 'endedAlready' : 'sent', members: null };
  } catch (error) {
    throw explained(error, process);
  }
}

/** Why to think twice, as far as it can be told: who belongs to this VS Code cannot. */
export function bareGuards(pid: number): SignalGuard[] {
  const guards: SignalGuard[] = pid === 1 ? ['init'] : [];
  const [host, ...more] = ancestors();
  if (pid === host) guards.push('host');
  else if (more.includes(pid)) guards.push('ancestor');
  return guards;
}

/** Nobody beyond it can be told: this kernel does not say whose parent is whose, or one has just ended. */
const unknown = -1;

/** Ourselves first, then parent, grandparent... by PIDFD_GET_INFO (6.13); `unknown` is the last where it ends too soon. */
function ancestors(): number[] {
  const line = [process.pid];
  for (let pid = process.ppid; pid !== 0 && !line.includes(pid); pid = parentOf(pid))
    line.push(pid);
  return line;
}

function parentOf(pid: number): number {
  if (pid === unknown) return 0;
  try {
    using pidfd = openPidfd(pid);
    return pidfdInfo(pidfd).ppid;
  } catch (error) {
    if (SysError.is(error)) return unknown;
    throw error;
  }
}

/** Nobody is stopped who may be what we run in: we could not continue it. */
function wouldStopUs(pid: number): boolean {
  const line = ancestors();
  return line.includes(pid) || line.includes(unknown);
}
