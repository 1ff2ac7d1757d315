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

  /** @throws HostError, SysError EPERM */
  async send(process: PidFd, signal: Signal): Promise<SignalResult> {
    try {
      const zombie = process.hasExited();
      const members = await this.dispatch(process, signal);
      return { outcome: zombie && !members ? 'endedAlready' : 'sent', members };
    } catch (error) {
      throw explained(error, process);
    }
  }

  private async dispatch(process: PidFd, { number, value, scope }: Signal) {
    if (defaultAction(number) === 'stop') this.refuseToStopOurselves(process, scope);
    if (scope.kind === 'group') return this.toGroup(process, number, value);
    if (scope.kind === 'thread') this.threads.signal(process, scope.thread, number, value);
    else process.signal(number, 0, value);
    return null;
  }

  private async toGroup(process: PidFd, number: number, value: number | undefined) {
    const { pid } = process;
    const group = this.groups.groupOf(process);
    if (group === null) throw new HostError('Gone', 'it has ended', { pid });
    if (group === 0) throw new HostError('Invisible', 'its group has no number here', { pid });
    return this.groups.send(process, group, number, value);
  }

  /** Whoever is stopped cannot continue others, and nobody else here will. */
  private refuseToStopOurselves(process: PidFd, scope: SignalScope): void {
    const group = scope.kind === 'group' ? this.groups.groupOf(process) : null;
    const ours =
      group === null ? this.ancestry.contains(process.pid) : this.ancestry.touchesGroup(group);
    if (!ours) return;
    const reason = 'it would stop the native host or what it runs in';
    throw new HostError('Refused', reason, { pid: process.pid });
  }
}

/** Signal numbers were checked at the boundary: what is left of EINVAL is "not below our PID namespace". */
export function explained(error: unknown, process: PidFd): unknown {
  const details = { pid: process.pid, cause: error };
  if (SysError.is(error, 'EINVAL')) return new HostError('Invisible', error.message, details);
  if (SysError.is(error, 'ESRCH')) return new HostError('Gone', 'it has ended', details);
  return error;
}
