import { constants } from 'node:os';
import { SysError } from '../kernel/sysError.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import type { ProcessKey } from '../protocol.js';
import { keyOfStart } from './identity.js';
import type { ReadableProcess } from './pidFd.js';

/**
 * What there is where no pidfd can be had: a number and a start time, to be looked at and never acted on. Whether it was
 * still its own is asked by comparing start times, which cannot tell a successor of the same clock tick.
 */
export class NumberedProcess implements ReadableProcess {
  private constructor(
    private readonly root: ProcRoot,
    readonly pid: number,
    private readonly startTicks: string,
  ) {}

  /** null when nobody has the number. */
  static of(root: ProcRoot, pid: number): NumberedProcess | null {
    const startTicks = startTicksOf(root, pid);
    return startTicks === null ? null : new NumberedProcess(root, pid, startTicks);
  }

  get key(): ProcessKey {
    return keyOfStart(this.pid, this.startTicks);
  }

  isReaped(): boolean {
    return startTicksOf(this.root, this.pid) !== this.startTicks;
  }

  info(): never {
    throw new SysError('PIDFD_GET_INFO', constants.errno.ENOSYS);
  }

  [Symbol.dispose](): void {
    // nothing is open
  }
}

function startTicksOf(root: ProcRoot, pid: number): string | null {
  const bytes = root.tryRead(`${pid}/stat`);
  return (bytes && parseStat(bytes)?.startTicks) ?? null;
}
