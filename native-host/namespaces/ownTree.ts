import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import { noArgs, parseArgs } from '../procfs/args.js';
import { ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import { parseStat, type Stat } from '../procfs/stat.js';
import type { NamespaceRef, OwnTreeRow, Result } from '../protocol.js';
import type { NamespaceResolver } from './namespaceResolver.js';
import { namespaceId } from './pidNamespaceFds.js';
import type { Translator } from './translator.js';

const argsLimit = 4096;
/** Rows read at once. */
const slice = 32;

/** The processes of one PID namespace as its own init sees them, from a procfs of its own that is mounted nowhere. */
export class OwnTree {
  constructor(
    private readonly resolver: NamespaceResolver,
    private readonly translator: Translator,
    private readonly slow: SlowReads,
  ) {}

  /** @throws HostError Denied without CAP_SYS_ADMIN; Unsupported below 6.18, or for what is not below ours */
  async read(ref: NamespaceRef): Promise<Result<'namespaces/ownTree'>> {
    using namespace = await this.resolver.open(ref);
    using root = openRoot(namespace);
    const rows: OwnTreeRow[] = [];
    const nsPids = root.pids();
    for (let at = 0; at < nsPids.length; at += slice) {
      const some = nsPids.slice(at, at + slice);
      const read = some.map((nsPid) => this.row(namespace, root, nsPid));
      await Promise.allSettled(read); // none may go on when the procfs is closed
      for (const row of await Promise.all(read)) if (row) rows.push(row);
    }
    return { namespace: namespaceId(namespace), rows };
  }

  /** Read by number, while the process is held that has it there. null: gone. */
  private async row(namespace: Fd, root: ProcRoot, nsPid: number): Promise<OwnTreeRow | null> {
    using process = this.find(namespace, nsPid);
    const stat = process && statOf(root, nsPid);
    if (!process || !stat) return null;
    const args = await this.args(root, nsPid, stat);
    return process.isReaped() ? null : toRow(process, stat, args);
  }

  private find(namespace: Fd, nsPid: number): PidFd | null {
    try {
      return this.translator.findIn(namespace, nsPid);
    } catch (error) {
      if (HostError.is(error, 'NotAProcess')) return null; // the number is a thread's by now
      throw error;
    }
  }

  private async args(root: ProcRoot, nsPid: number, { kernelThread }: Stat) {
    if (kernelThread) return noArgs;
    const bytes = await this.slow.read(() => root.tryOpen(`${nsPid}/cmdline`), argsLimit);
    return bytes ? parseArgs(bytes, argsLimit) : noArgs;
  }
}

function statOf(root: ProcRoot, nsPid: number): Stat | null {
  const bytes = root.tryRead(`${nsPid}/stat`);
  return bytes && parseStat(bytes);
}

function toRow({ key, pid }: PidFd, stat: Stat, { args, cut }: typeof noArgs): OwnTreeRow {
  const { pid: nsPid, ppid: parentNsPid, comm, state } = stat;
  return { nsPid, parentNsPid, comm, state, args, argsCut: cut, key, pid };
}

function openRoot(namespace: Fd): ProcRoot {
  try {
    return ProcRoot.ofNamespace(namespace);
  } catch (error) {
    if (!SysError.is(error, 'EINVAL', 'ENOSYS')) throw error;
    const reason = 'a procfs of another PID namespace needs Linux 6.18';
    throw new HostError('Unsupported', reason, { cause: error });
  }
}
