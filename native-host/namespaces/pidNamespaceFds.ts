import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { inodeOf } from '../kernel/files.js';
import { openParentNamespace } from '../kernel/nsfs.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import { parseNamespaceLink } from '../procfs/namespaceLink.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { NamespaceId } from '../protocol.js';

export function namespaceId(namespace: Fd): NamespaceId {
  return String(inodeOf(namespace)) as NamespaceId;
}

/** Opens PID namespaces through processes that are in them. */
export class PidNamespaceFds {
  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
  ) {}

  own(): Fd {
    return this.root.open('self/ns/pid');
  }

  /** The namespace that a process is in; null where we may not look, or it is gone or a zombie. */
  of(process: PidFd): Fd | null {
    try {
      return process.openPidNamespace();
    } catch (error) {
      if (SysError.is(error, 'EACCES', 'EPERM', 'ESRCH')) return null;
      if (!SysError.is(error, 'ENOTTY', 'EINVAL', 'ENOSYS')) throw error;
      return this.ofByLink(process); // below 6.11
    }
  }

  /** By inode: looked up among the processes, and compared after it was opened. @throws HostError Gone */
  byId(id: NamespaceId): Fd {
    const own = this.own();
    if (namespaceId(own) === id) return own;
    own[Symbol.dispose]();
    for (const pid of this.root.pids()) {
      const opened = this.hint(pid) === id ? this.openOf(pid, id) : null;
      if (opened) return opened;
    }
    throw new HostError('Gone', `no readable process is in PID namespace ${id}`);
  }

  /** Read by number: the caller holds the process. null: gone or a zombie. @throws SysError EACCES */
  linkOf(pid: number): NamespaceId | null {
    try {
      return parseNamespaceLink(this.root.link(`${pid}/ns/pid`));
    } catch (error) {
      if (SysError.is(error, 'ENOENT', 'ESRCH', 'EINVAL')) return null;
      throw error;
    }
  }

  /** The ids from `innermost` outwards to our own; shorter where a parent lies outside our view. */
  chain(innermost: Fd): NamespaceId[] {
    const ids = [namespaceId(innermost)];
    let parent = parentOf(innermost);
    while (parent) {
      using current: Fd = parent;
      ids.push(namespaceId(current));
      parent = parentOf(current);
    }
    return ids;
  }

  /** Where to look; proven by opening. */
  private hint(pid: number): NamespaceId | null {
    const link = this.root.tryLink(`${pid}/ns/pid`);
    return link === null ? null : parseNamespaceLink(link);
  }

  private openOf(pid: number, id: NamespaceId): Fd | null {
    using process = this.opener.tryNumber(pid);
    const namespace = process && this.of(process);
    if (!namespace || namespaceId(namespace) === id) return namespace;
    namespace[Symbol.dispose]();
    return null;
  }

  private ofByLink(process: PidFd): Fd | null {
    const namespace = this.root.tryOpen(`${process.pid}/ns/pid`);
    if (!namespace || !process.isReaped()) return namespace;
    namespace[Symbol.dispose]();
    return null;
  }
}

/** EPERM: ours is the outermost that we can see. */
function parentOf(namespace: Fd): Fd | null {
  try {
    return openParentNamespace(namespace);
  } catch (error) {
    if (SysError.is(error, 'EPERM')) return null;
    throw error;
  }
}
