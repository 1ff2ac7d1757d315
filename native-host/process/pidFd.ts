import type { Fd } from '../kernel/fd.js';
import type { EpollLoop, Watch, Watcher } from '../kernel/epollLoop.js';
import {
  askPtrace,
  hasExited,
  openNamespaceOf,
  pidfdInfo,
  readPidfdInfoText,
  sendSignal,
  type PidfdInfo,
} from '../kernel/pidfd.js';
import { SysError } from '../kernel/sysError.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { NamespaceType, ProcessKey } from '../protocol.js';
import { pidfdNumbers } from './pidfdNumbers.js';

/** What reading a process takes: its number, and whether that is still its own. */
export interface ReadableProcess extends Disposable {
  readonly pid: number;
  readonly key: ProcessKey;
  isReaped(): boolean;
  /** @throws SysError where the kernel has none */
  info(): PidfdInfo;
}

/**
 * One process, held. Whatever is done through it reaches that process or nobody.
 * A live one proves that `pid` has meant this process since it was opened: a number is not given out again before its
 * owner is reaped. So a number is used first and `isReaped` asked after.
 */
export class PidFd implements ReadableProcess {
  constructor(
    private readonly fd: Fd,
    readonly pid: number,
    readonly key: ProcessKey,
  ) {}

  /** Signal 0 answers ESRCH only after the reap: EPERM and zombies are still there. */
  isReaped(): boolean {
    try {
      sendSignal(this.fd, 0);
      return false;
    } catch (error) {
      if (!SysError.is(error)) throw error; // closed before it was asked: no answer can be right
      return error.code === 'ESRCH';
    }
  }

  /** Dead with all its threads, collected or not: the kernel still takes signals for it, and nobody feels them. */
  hasExited(): boolean {
    return hasExited(this.fd);
  }

  /** What `read` finds by our number, or null: reaped by then, so it may be about the number's next owner. */
  whileAlive<T>(read: (pid: number) => T): T | null {
    const value = read(this.pid);
    return this.isReaped() ? null : value;
  }

  /** @throws SysError ESRCH reaped, EPERM not permitted, EINVAL outside our PID namespace or no such signal */
  signal(signal: number, flags = 0, value?: number): void {
    sendSignal(this.fd, signal, flags, value);
  }

  /** Linux 6.13. @throws SysError */
  info(): PidfdInfo {
    return pidfdInfo(this.fd);
  }

  /**
   * Numbers from our own PID namespace inwards, as struct pid has them; null once reaped, or where it has none here.
   * @throws SysError
   */
  numbers(root: ProcRoot): number[] | null {
    return pidfdNumbers(readPidfdInfoText(this.fd, root.directory));
  }

  /** Linux 6.11. @throws SysError EACCES without PTRACE_MODE_READ, ESRCH on a zombie */
  openPidNamespace(): Fd {
    return this.openNamespace('pid');
  }

  /** Linux 6.11. @throws SysError EACCES without PTRACE_MODE_READ, ESRCH on a zombie */
  openNamespace(type: NamespaceType): Fd {
    return openNamespaceOf(this.fd, type);
  }

  /**
   * Whether we may trace it, as the kernel answers; null where the question itself is not allowed. It has no answer of its
   * own for one that was reaped, which counts as a zombie: that is asked after.
   */
  mayTrace(): boolean | null {
    try {
      return askPtrace(this.fd);
    } catch (error) {
      if (SysError.is(error, 'EBADF', 'ESRCH')) return true;
      return SysError.is(error, 'EPERM') ? false : null;
    }
  }

  watch(loop: EpollLoop, events: number, watcher: Watcher): Watch {
    return loop.watch(this.fd, events, watcher);
  }

  [Symbol.dispose](): void {
    this.fd[Symbol.dispose]();
  }
}
