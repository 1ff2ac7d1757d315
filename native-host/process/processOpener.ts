import { HostError, toHostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { inodeOf } from '../kernel/files.js';
import { keepIf } from '../kernel/keepIf.js';
import { openPidfdByInode, tryOpenPidfd } from '../kernel/pidfd.js';
import { SysError } from '../kernel/sysError.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import { parseStatus } from '../procfs/status.js';
import type { IdentityTier, ProcessKey } from '../protocol.js';
import { keyOfInode, keyOfStart, parseKey } from './identity.js';
import { notShown } from './notShown.js';
import { PidFd } from './pidFd.js';

/**
 * Opens processes by number (what a person typed, what a directory listed) and by key (what was on screen).
 * A key opens the process that it names or throws `Gone`; it never opens the number's next owner.
 */
export class ProcessOpener {
  constructor(
    readonly tier: IdentityTier,
    private readonly root: ProcRoot | null,
  ) {}

  /** The process that has this number now. @throws HostError Gone, NotAProcess, Denied (hidepid), Exhausted... */
  byNumber(pid: number): PidFd {
    const opened = this.tryNumber(pid);
    if (!opened) throw this.isThread(pid) ? notAProcess(pid) : this.notFound(pid);
    return opened;
  }

  /** null when there is no process of that number. @throws HostError for anything else */
  tryNumber(pid: number): PidFd | null {
    this.requireTier();
    const fd = orNull(() => tryOpenPidfd(pid));
    return fd && this.identify(fd, pid);
  }

  /** What a list named, if `isMeant` now that it is held: its number may have changed hands since. */
  tryListed(pid: number, isMeant: (process: PidFd) => boolean): PidFd | null {
    return keepIf(this.tryNumber(pid), isMeant);
  }

  /** @throws HostError Invalid: no key; Gone: reaped, whoever has the number now; Denied: hidden from us (hidepid) */
  byKey(key: string): PidFd {
    const identity = parseKey(key);
    if (!identity) throw new HostError('Invalid', `not a process key: ${JSON.stringify(key)}`);
    const opened =
      'inode' in identity
        ? this.byInode(identity.pid, identity.inode, key as ProcessKey)
        : this.byStart(identity.pid, identity.startTicks);
    if (!opened) throw 'inode' in identity ? gone(identity.pid) : this.notFound(identity.pid);
    return opened;
  }

  protected held(fd: Fd, pid: number, key: ProcessKey): PidFd {
    return new PidFd(fd, pid, key);
  }

  private byInode(pid: number, inode: bigint, key: ProcessKey): PidFd | null {
    if (this.tier === 'startTime' || this.tier === 'none') {
      throw new HostError('Unsupported', 'this kernel has no process inodes (Linux 6.9)', { pid });
    }
    return this.tier === 'handle' ? byHandle(pid, inode, key) : this.matching(pid, key);
  }

  private byStart(pid: number, startTicks: string): PidFd | null {
    return keepIf(this.tryNumber(pid), (opened) => this.startTicks(opened) === startTicks);
  }

  private matching(pid: number, key: ProcessKey): PidFd | null {
    return keepIf(this.tryNumber(pid), (opened) => opened.key === key);
  }

  /** Takes over `fd`. null when it was reaped before its identity could be read. */
  private identify(fd: Fd, pid: number): PidFd | null {
    try {
      if (this.tier !== 'startTime') return this.held(fd, pid, keyOfInode(pid, inodeOf(fd)));
      const ticks = this.startTicks(this.held(fd, pid, '' as ProcessKey));
      if (ticks !== null) return this.held(fd, pid, keyOfStart(pid, ticks));
    } catch (error) {
      fd[Symbol.dispose]();
      throw toHostError(error, { pid });
    }
    fd[Symbol.dispose]();
    return null;
  }

  /** Read by number, so the pidfd must still be alive afterwards: only then was the number its own all the time. */
  private startTicks(process: PidFd): string | null {
    const bytes = this.root?.tryRead(`${process.pid}/stat`);
    const stat = bytes && parseStat(bytes);
    return stat && !process.isReaped() ? stat.startTicks : null;
  }

  /** Whose start time procfs hides may be the one that is meant: nobody can say that it is gone. */
  private notFound(pid: number): HostError {
    const fd = orNull(() => tryOpenPidfd(pid));
    if (!fd) return gone(pid);
    using process = this.held(fd, pid, '' as ProcessKey);
    return this.root?.tryRead(`${pid}/stat`) === null ? notShown(process) : gone(pid);
  }

  private isThread(pid: number): boolean {
    const bytes = this.root?.tryRead(`${pid}/status`);
    const tgid = bytes ? parseStatus(bytes).tgid : 0;
    return tgid !== 0 && tgid !== pid;
  }

  private requireTier(): void {
    if (this.tier !== 'none') return;
    throw new HostError('Unsupported', 'pidfd_open is missing or forbidden: nothing can be held');
  }
}

/** No number is involved: a handle names one struct pid. It may be a thread's, so the numbers are compared. */
function byHandle(pid: number, inode: bigint, key: ProcessKey): PidFd | null {
  const fd = orNull(() => openPidfdByInode(inode));
  if (!fd) return null;
  return keepIf(new PidFd(fd, pid, key), (process) => isNumbered(process, pid));
}

function isNumbered(process: PidFd, pid: number): boolean {
  try {
    const info = process.info();
    return info.pid === pid && info.tgid === pid;
  } catch (error) {
    if (SysError.is(error, 'ESRCH', 'EREMOTE')) return false;
    throw toHostError(error, { pid });
  }
}

function orNull(open: () => Fd | null): Fd | null {
  try {
    return open();
  } catch (error) {
    if (SysError.is(error, 'ESRCH', 'ESTALE', 'ENOENT', 'EINVAL')) return null;
    throw toHostError(error);
  }
}

function gone(pid: number): HostError {
  return new HostError('Gone', `no process ${pid} any more`, { pid });
}

function notAProcess(pid: number): HostError {
  return new HostError('NotAProcess', `${pid} is a thread, not a process`, { pid });
}
