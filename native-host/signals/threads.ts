/**
 * Threads, each held by a pidfd of its own (PIDFD_THREAD, Linux 6.9) while it is named or signalled. Whose thread it is,
 * PIDFD_GET_INFO says (6.13).
 */
import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { inodeOf } from '../kernel/files.js';
import { openThreadPidfd, pidfdInfo, sendSignal } from '../kernel/pidfd.js';
import { PIDFD_SIGNAL_THREAD } from '../kernel/constants.js';
import { SysError } from '../kernel/sysError.js';
import { parseKey } from '../process/identity.js';
import { notShown } from '../process/notShown.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import type { ThreadKey, ThreadRow } from '../protocol.js';

export class Threads {
  constructor(
    private readonly root: ProcRoot,
    private readonly supported: boolean,
  ) {}

  /** @throws HostError Unsupported below 6.13; Gone; Denied: procfs hides it (hidepid) */
  list(process: PidFd): ThreadRow[] {
    this.requireSupport();
    const tids = process.whileAlive((pid) => this.root.tryNumbers(`${pid}/task`)) ?? [];
    if (tids.length === 0) throw notShown(process); // whoever is there has at least one
    return tids.flatMap((tid) => this.row(process, tid) ?? []);
  }

  /** @throws HostError Gone: that thread has ended, whoever has its number now */
  signal(process: PidFd, key: ThreadKey, signal: number, value?: number): void {
    this.requireSupport();
    const identity = parseKey(key);
    using fd = identity && this.open(process, identity.pid);
    if (!fd || keyOf(identity.pid, fd) !== key) {
      throw new HostError('Gone', 'that thread has ended', { pid: process.pid });
    }
    sendSignal(fd, signal, PIDFD_SIGNAL_THREAD, value);
  }

  /** null: ended, or a thread of another process by now. */
  private open(process: PidFd, tid: number): Fd | null {
    const fd = tryOpen(tid);
    if (!fd) return null;
    let isIts = false;
    try {
      isIts = process.whileAlive(() => tgidOf(fd)) === process.pid;
      return isIts ? fd : null;
    } finally {
      if (!isIts) fd[Symbol.dispose]();
    }
  }

  private row(process: PidFd, tid: number): ThreadRow | null {
    using fd = this.open(process, tid);
    if (!fd) return null;
    const bytes = this.root.tryRead(`${process.pid}/task/${tid}/stat`);
    const stat = bytes && parseStat(bytes);
    if (!stat || tgidOf(fd) === null) return null;
    return { key: keyOf(tid, fd), tid, comm: stat.comm, state: stat.state };
  }

  private requireSupport(): void {
    if (this.supported) return;
    throw new HostError(
      'Unsupported',
      'this kernel does not tell whose thread a pidfd is (Linux 6.13)',
    );
  }
}

function keyOf(tid: number, fd: Fd): ThreadKey {
  return `${tid}:${inodeOf(fd)}` as ThreadKey;
}

function tryOpen(tid: number): Fd | null {
  try {
    return openThreadPidfd(tid);
  } catch (error) {
    if (SysError.is(error, 'ESRCH', 'EINVAL', 'ENOENT')) return null;
    throw error;
  }
}

/** The process of a thread; null when the thread is gone. Needs PIDFD_GET_INFO (6.13). */
function tgidOf(fd: Fd): number | null {
  try {
    return pidfdInfo(fd).tgid || null;
  } catch (error) {
    if (SysError.is(error, 'ESRCH')) return null;
    throw error;
  }
}
