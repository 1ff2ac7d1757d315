import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { NamespaceId, PidNamespace } from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';
import type { PidNamespaceFds } from './pidNamespaceFds.js';
import type { Translator } from './translator.js';

export interface PidNamespaceList {
  readonly namespaces: readonly PidNamespace[];
  readonly unreadable: number;
}

/** Lists the PID namespaces that our processes are in. */
export class PidNamespaces {
  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
    private readonly fds: PidNamespaceFds,
    private readonly translator: Translator,
    private readonly reader: RowReader,
  ) {}

  async list(): Promise<PidNamespaceList> {
    const members = new Map<NamespaceId, number>();
    let unreadable = 0;
    for (const pid of this.root.pids()) {
      const id = this.namespaceOf(pid);
      if (id === 'unreadable') unreadable++;
      else if (id !== null) members.set(id, (members.get(id) ?? 0) + 1);
    }
    const described = await Promise.all(
      [...members].map(([id, count]) => this.describe(id, count)),
    );
    const namespaces = described.filter((namespace) => namespace !== null);
    return { namespaces: namespaces.sort((a, b) => a.depth - b.depth), unreadable };
  }

  /** null: gone, or a zombie, which is in no namespace any more. */
  private namespaceOf(pid: number): NamespaceId | 'unreadable' | null {
    using process = this.opener.tryNumber(pid);
    if (!process) return null;
    try {
      const id = this.fds.linkOf(pid);
      return process.isReaped() ? null : id;
    } catch (error) {
      if (SysError.is(error, 'EACCES', 'EPERM')) return 'unreadable';
      throw error;
    }
  }

  /** null: its last process ended meanwhile. */
  private async describe(id: NamespaceId, processes: number): Promise<PidNamespace | null> {
    using namespace = this.tryOpen(id);
    if (!namespace) return null;
    const chain = this.fds.chain(namespace);
    using process = this.initOf(namespace);
    const init = process && (await this.reader.readOpened(process));
    return { id, parent: chain[1] ?? null, depth: chain.length - 1, init, processes };
  }

  /** null: it has ended, or cannot be told. */
  private initOf(namespace: Fd): PidFd | null {
    try {
      return this.translator.findIn(namespace, 1);
    } catch (error) {
      if (HostError.is(error, 'Gone') || HostError.is(error, 'Denied')) return null;
      throw error;
    }
  }

  private tryOpen(id: NamespaceId): Fd | null {
    try {
      return this.fds.byId(id);
    } catch (error) {
      if (HostError.is(error, 'Gone')) return null;
      throw error;
    }
  }
}
