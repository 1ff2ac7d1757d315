import { HostError } from '../hostError.js';
import { SysError } from '../kernel/sysError.js';
import type { Ancestry } from '../process/ancestry.js';
import type { PidFd } from '../process/pidFd.js';
import type { SignalResult, SignalScope } from '../protocol.js';
import type { GroupSignals } from './group.js';
import { defaultAction } from './signalTable.js';
import type { Threads } from './threads.js';

export interface Signal {
  readonly number: number;
  /** Goes along as sigqueue(3) sends it. */
  readonly value?: number | undefined;
  readonly scope: SignalScope;
}

/** Sends to a process, to one of its threads or to its group; all of them by descriptor. */
export class SignalSender {
  constructor(
    private readonly threads: Threads,
    private readonly groups: GroupSignals,
    private readonly ancestry: Ancestry,
  ) {}

  /** A group takes time, all else does not. @throws HostError, SysError EPERM */
  send(process: PidFd, signal: Signal): SignalResult | Promise<SignalResult> {
    if (signal.scope.kind === 'group') return this.toGroup(process, signal);
    try {
      const outcome = process.hasExited() ? 'endedAlready' : 'sent';
      this.toOne(process, signal);
      return { outcome, members: null };
    } catch (error) {
      throw explained(error, process);
    }
  }

  private toOne(process: PidFd, { number, value, scope }: Signal): void {
    if (defaultAction(number) === 'stop' && this.ancestry.contains(process.pid)) refuse(process);
    if (scope.kind === 'thread') this.threads.signal(process, scope.thread, number, value);
    else process.signal(number, 0, value);
  }

  private async toGroup(process: PidFd, { number, value }: Signal): Promise<SignalResult> {
    try {
      const exited = process.hasExited();
      const group = this.groupOf(process);
      if (defaultAction(number) === 'stop' && this.ancestry.touchesGroup(group)) refuse(process);
      const members = await this.groups.send(process, group, number, value);
      if (members?.length === 0) throw new HostError('Gone', 'it has ended', { pid: process.pid });
      return { outcome: exited && !members ? 'endedAlready' : 'sent', members };
    } catch (error) {
      throw explained(error, process);
    }
  }

  private groupOf(process: PidFd): number {
    const { pid } = process;
    const group = this.groups.groupOf(process);
    if (group === null) throw new HostError('Gone', 'it has ended', { pid });
    if (group === 0) throw new HostError('Invisible', 'its group has no number here', { pid });
    return group;
  }
}

/** Whoever is stopped cannot continue others, and nobody else here will. */
function refuse({ pid }: PidFd): never {
  throw new HostError('Refused', 'it would stop the native host or what it runs in', { pid });
}

/** Signal numbers were checked at the boundary: what is left of EINVAL is "not below our PID namespace". */
export function explained(error: unknown, process: PidFd): unknown {
  const details = { pid: process.pid, cause: error };
  if (SysError.is(error, 'EINVAL')) return new HostError('Invisible', error.message, details);
  if (SysError.is(error, 'ESRCH')) return new HostError('Gone', 'it has ended', details);
  return error;
}
