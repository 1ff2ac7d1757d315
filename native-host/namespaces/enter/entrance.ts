/**
 * The namespaces of one held process, as descriptors: whoever has its number later, they stay these.
 */
import { HostError } from '../../hostError.js';
import type { Fd } from '../../kernel/fd.js';
import { inodeOf } from '../../kernel/files.js';
import { keepIf } from '../../kernel/keepIf.js';
import { openOwningUserNamespace } from '../../kernel/nsfs.js';
import { SysError } from '../../kernel/sysError.js';
import { notShown } from '../../process/notShown.js';
import type { PidFd } from '../../process/pidFd.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import { fieldNumbers } from '../../procfs/status.js';
import { namespaceTypes, type NamespaceType } from '../../protocol.js';
import { lineageOf } from '../inventory/lineage.js';
import { parseIdMap, toInside } from './idMap.js';
import type { EntryFacts, Ids } from './plan.js';

export class Entrance implements Disposable {
  private readonly namespaces = new Map<NamespaceType, Fd>();

  private constructor(
    private readonly process: PidFd,
    private readonly root: ProcRoot,
  ) {}

  /** The caller keeps `process`. @throws HostError Gone, Denied */
  static of(process: PidFd, root: ProcRoot): Entrance {
    const entrance = new Entrance(process, root);
    try {
      for (const type of namespaceTypes) entrance.open(type);
      if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid });
      return entrance;
    } catch (error) {
      entrance[Symbol.dispose]();
      throw error;
    }
  }

  /** Whether it is another one than ours; null where this kernel has no such type. */
  differs(type: NamespaceType): boolean | null {
    const namespace = this.namespaces.get(type);
    using ours = this.root.tryOpen(`self/ns/${type}`);
    return namespace && ours ? inodeOf(namespace) !== inodeOf(ours) : null;
  }

  differing(): NamespaceType[] {
    return namespaceTypes.filter((type) => this.differs(type) === true);
  }

  /** Belongs to us still: only for the length of a spawn. @throws HostError Unsupported */
  descriptors(join: readonly NamespaceType[]): Fd[] {
    return join.map((type) => {
      const namespace = this.namespaces.get(type);
      if (namespace) return namespace;
      throw new HostError('Unsupported', `this kernel has no ${type} namespaces`);
    });
  }

  /** What can be told of users. Read by number, and checked. @throws HostError Gone */
  facts(join: readonly NamespaceType[]): EntryFacts {
    const facts = this.process.whileAlive((pid) => this.readFacts(pid, join.includes('user')));
    if (facts) return facts;
    throw new HostError('Gone', 'it has ended', { pid: this.process.pid });
  }

  /** The user namespace that owns one of `join` and is neither ours nor the target's; the outermost, if several. */
  outerOwner(join: readonly NamespaceType[]): Fd | null {
    const known = ['self', String(this.process.pid)].map((who) => this.userLink(who));
    const isBetween = (user: Fd) => !known.includes(`user:[${inodeOf(user)}]`);
    const owners: Fd[] = [];
    try {
      for (const namespace of this.descriptors(join.filter((type) => type !== 'user'))) {
        const owner = keepIf(ownerOf(namespace), isBetween);
        if (owner) owners.push(owner);
      }
      const depths = owners.map((owner) => lineageOf(owner, 'user').length);
      const [outer] = owners.splice(depths.indexOf(Math.min(...depths)), 1);
      return outer ?? null;
    } finally {
      for (const owner of owners) owner[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    for (const namespace of this.namespaces.values()) namespace[Symbol.dispose]();
    this.namespaces.clear();
  }

  private userLink(who: string): string | null {
    return this.root.tryLink(`${who}/ns/user`);
  }

  private open(type: NamespaceType): void {
    try {
      this.namespaces.set(type, this.openNamespace(type));
    } catch (error) {
      if (!SysError.is(error, 'EOPNOTSUPP', 'ENOENT')) throw error;
    }
  }

  /** PIDFD_GET_*_NAMESPACE names no number (6.11); below it, the link. */
  private openNamespace(type: NamespaceType): Fd {
    try {
      return this.process.openNamespace(type);
    } catch (error) {
      if (!SysError.is(error, 'ENOTTY', 'EINVAL', 'ENOSYS')) throw error;
      return this.openLink(type);
    }
  }

  /** ENOENT is not built in, or of one that ends: it leaves most of them before it can be collected. */
  private openLink(type: NamespaceType): Fd {
    const { pid } = this.process;
    try {
      return this.root.open(`${pid}/ns/${type}`); // whether it is reaped is asked after
    } catch (error) {
      const isBuiltIn = this.root.tryLink(`self/ns/${type}`) !== null;
      if (!SysError.is(error, 'ENOENT') || !isBuiltIn) throw error;
      if (this.root.tryRead(`${pid}/stat`) === null) throw notShown(this.process);
      throw new HostError('Gone', 'it has left its namespaces', { pid });
    }
  }

  private readFacts(pid: number, joinsUser: boolean): EntryFacts {
    const status = this.root.tryRead(`${pid}/status`)?.toString('latin1') ?? '';
    const [uid, gid] = [fieldNumbers(status, 'Uid')[1], fieldNumbers(status, 'Gid')[1]];
    const euid = process.geteuid?.() ?? 0;
    const inside = joinsUser ? this.insideOf(pid) : (ids: Ids) => ids;
    return {
      euid,
      ours: inside({ uid: euid, gid: process.getegid?.() ?? 0 }),
      target: uid === undefined || gid === undefined ? null : inside({ uid, gid }),
      groupsFixed: this.root.tryRead(`${pid}/setgroups`)?.toString('latin1').trim() === 'deny',
    };
  }

  /** Both maps read from our user namespace: their outside is ours. */
  private insideOf(pid: number): (ids: Ids) => Ids | null {
    const read = (name: string) => {
      const bytes = this.root.tryRead(`${pid}/${name}`);
      return bytes ? parseIdMap(bytes) : [];
    };
    const [uids, gids] = [read('uid_map'), read('gid_map')];
    return (ids) => {
      const [uid, gid] = [toInside(uids, ids.uid), toInside(gids, ids.gid)];
      return uid === null || gid === null ? null : { uid, gid };
    };
  }
}

function ownerOf(namespace: Fd): Fd | null {
  try {
    return openOwningUserNamespace(namespace);
  } catch (error) {
    if (SysError.is(error, 'EPERM')) return null; // outside ours: above us, not in between
    throw error;
  }
}
