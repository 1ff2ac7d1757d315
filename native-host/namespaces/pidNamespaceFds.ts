import { constants } from 'node:os';
import { HostError, toHostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { inodeOf } from '../kernel/files.js';
import { keepIf } from '../kernel/keepIf.js';
import { openParentNamespace } from '../kernel/nsfs.js';
import { openPidfd, openPidNamespaceOf } from '../kernel/pidfd.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import { parseNamespaceLink } from '../procfs/namespaceLink.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { NamespaceId, ProcessKey } from '../protocol.js';

/** Namespaces whose member is remembered, so that not all processes are looked at for the next number. */
const mostRemembered = 64;

export function namespaceId(namespace: Fd): NamespaceId {
  return String(inodeOf(namespace)) as NamespaceId;
}

/** Opens PID namespaces through processes that are in them. */
export class PidNamespaceFds {
  /** Where to look first; proven by opening. */
  private readonly members = new Map<NamespaceId, ProcessKey>();

  constructor(
    private readonly opener: ProcessOpener,
    /** null: no procfs. Then only processes that a client names lead to namespaces. */
    private readonly root: ProcRoot | null,
  ) {}

  own(): Fd {
    if (this.root) return this.root.open('self/ns/pid');
    using self = openPidfd(process.pid);
    return openPidNamespaceOf(self);
  }

  /** The namespace that a process is in; null where we may not look, or it is gone or a zombie. */
  of(process: PidFd): Fd | null {
    return orNull(() => this.openOf(process));
  }

  /** @throws HostError Gone: reaped, or a zombie, which is in none any more; Denied */
  require(process: PidFd): Fd {
    const { pid } = process;
    try {
      return this.openOf(process);
    } catch (error) {
      if (SysError.is(error, 'ENOENT')) throw new HostError('Gone', 'it has ended', { pid });
      throw toHostError(error, { pid });
    }
  }

  /** By inode: looked up among the processes, and compared after it was opened. @throws HostError Gone */
  byId(id: NamespaceId): Fd {
    const isMeant = (namespace: Fd) => namespaceId(namespace) === id;
    const found = keepIf(this.own(), isMeant) ?? this.ofMember(id) ?? this.search(id);
    if (found) return found;
    if (!this.root) throw new HostError('Unsupported', 'namespaces are found through a procfs');
    throw new HostError('Gone', `no readable process is in PID namespace ${id}`);
  }

  /** Read by number: the caller holds the process. null: gone or a zombie. @throws SysError EACCES */
  linkOf(pid: number): NamespaceId | null {
    try {
      return this.root && parseNamespaceLink(this.root.link(`${pid}/ns/pid`));
    } catch (error) {
      if (SysError.is(error, 'ENOENT', 'ESRCH', 'EINVAL')) return null;
      throw error;
    }
  }

  /** The ids from `innermost` outwards to our own; shorter where a parent lies outside our view. */
  chain(innermost: Fd): NamespaceId[] {
    return this.eachOf(innermost, namespaceId);
  }

  /** What `look` finds at each of them, in that order; each is open only meanwhile. */
  eachOf<T>(innermost: Fd, look: (namespace: Fd) => T): T[] {
    const found = [look(innermost)];
    let parent = parentOf(innermost);
    while (parent) {
      using current: Fd = parent;
      found.push(look(current));
      parent = parentOf(current);
    }
    return found;
  }

  /** Those that a process is in, our own first; empty where they cannot be read. */
  idsOf(process: PidFd): NamespaceId[] {
    using namespace = this.of(process);
    return namespace ? this.chain(namespace).reverse() : [];
  }

  private ofMember(id: NamespaceId): Fd | null {
    const key = this.members.get(id);
    if (key === undefined) return null;
    try {
      using process = this.opener.byKey(key);
      return this.ofIf(process, id);
    } catch (error) {
      if (!HostError.is(error, 'Gone')) throw error;
      this.members.delete(id);
      return null;
    }
  }

  private search(id: NamespaceId): Fd | null {
    for (const pid of this.root?.pids() ?? []) {
      const link = this.root?.tryLink(`${pid}/ns/pid`);
      const isHint = link !== null && link !== undefined && parseNamespaceLink(link) === id;
      const opened = isHint ? this.tryMember(pid, id) : null;
      if (opened) return opened;
    }
    return null;
  }

  private tryMember(pid: number, id: NamespaceId): Fd | null {
    using process = this.opener.tryNumber(pid);
    const namespace = process && this.ofIf(process, id);
    if (namespace) this.remember(id, process.key);
    return namespace;
  }

  private ofIf(process: PidFd, id: NamespaceId): Fd | null {
    return keepIf(this.of(process), (namespace) => namespaceId(namespace) === id);
  }

  private remember(id: NamespaceId, key: ProcessKey): void {
    const [oldest] = this.members.keys();
    if (this.members.size === mostRemembered && oldest !== undefined) this.members.delete(oldest);
    this.members.set(id, key);
  }

  /** @throws SysError EACCES; ESRCH or ENOENT: gone, or a zombie */
  private openOf(process: PidFd): Fd {
    try {
      return process.openPidNamespace();
    } catch (error) {
      if (!this.root || !SysError.is(error, 'ENOTTY', 'EINVAL', 'ENOSYS')) throw error;
      return openByLink(process, this.root); // below 6.11
    }
  }
}

function openByLink(process: PidFd, root: ProcRoot): Fd {
  const namespace = keepIf(root.open(`${process.pid}/ns/pid`), () => !process.isReaped());
  if (namespace) return namespace;
  throw new SysError('openat', constants.errno.ESRCH);
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
