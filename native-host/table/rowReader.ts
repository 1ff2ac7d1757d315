/**
 * Reads one process into a row. All reads by number stand between opening the pidfd and asking whether it is still
 * alive: then the number was its own throughout, and the row is one process' and not stitched from two.
 */
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import { noArgs, parseArgs, type Args } from '../procfs/args.js';
import { readExe } from '../procfs/exe.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import { parseStat, type Stat } from '../procfs/stat.js';
import { parseStatus } from '../procfs/status.js';
import type { Users } from '../procfs/users.js';
import type { ProcessKey, ProcessKind, ProcessRow, ProcessState, ProgramId } from '../protocol.js';
import type { GoPrograms } from './goPrograms.js';
import { layoutOf } from './program.js';
import { programKind } from './programKind.js';
import type { Uptime } from './uptime.js';

const argsLimit = 4096;

/** What is read only for a process that is new or has executed another program. */
interface Fresh {
  readonly exe: string | null;
  /** Number 1 of a PID namespace below ours. */
  readonly init: boolean;
}

/** One read's worth. */
export interface Glance {
  readonly program: ProgramId;
  readonly state: ProcessState;
}

interface Reading {
  readonly stat: Stat;
  readonly uid: number | null;
  readonly fresh: Fresh | null;
}

export class RowReader {
  /** Rows whose arguments did not come in time: asked for again when nothing is stuck any more. */
  private readonly late = new Set<ProcessKey>();

  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
    private readonly users: Users,
    private readonly uptime: Uptime,
    private readonly goPrograms: GoPrograms,
  ) {}

  /**
   * `previous` is taken over where the identity is the same: only what can change is read again. null: no such process.
   * The row's `parentKey` is left null for the caller, who knows the other rows.
   */
  async read(pid: number, previous?: ProcessRow): Promise<ProcessRow | null> {
    using process = this.opener.tryNumber(pid);
    return process && (await this.readOpened(process, previous));
  }

  async readOpened(process: PidFd, previous?: ProcessRow): Promise<ProcessRow | null> {
    const known = previous?.key === process.key ? previous : undefined;
    const reading = this.readBound(process, known);
    if (!reading) return null;
    if (!reading.fresh) return known ? update(known, reading, this.users) : null;
    return this.complete(process, reading.stat, reading.uid, reading.fresh);
  }

  /** What a signal wants to know, at the cost of one read. null: gone. */
  glance(process: PidFd): Glance | null {
    const stat = this.statOf(process.pid);
    return stat && !process.isReaped() ? { program: layoutOf(stat), state: stat.state } : null;
  }

  private statOf(pid: number): Stat | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return bytes && parseStat(bytes);
  }

  private readBound(process: PidFd, known: ProcessRow | undefined): Reading | null {
    const stat = this.statOf(process.pid);
    if (!stat) return null;
    // A zombie has let go of its program: what it ran is worth keeping.
    const same = known && (stat.state === 'Z' || this.isComplete(known, stat));
    const fresh = same ? null : this.readFresh(process.pid, stat);
    const uid = this.uidOf(process);
    return process.isReaped() ? null : { stat, uid, fresh };
  }

  private isComplete(known: ProcessRow, stat: Stat): boolean {
    return known.program === layoutOf(stat) && (!this.late.has(known.key) || this.slow.isStuck);
  }

  private readFresh(pid: number, stat: Stat): Fresh {
    if (stat.kernelThread) return { exe: null, init: false };
    const exe = orNull(() => readExe(this.root, pid))?.path ?? null;
    const status = this.root.tryRead(`${pid}/status`);
    const nsPids = status ? parseStatus(status).nsPids : [];
    const init = nsPids.length > 1 && nsPids.at(-1) === 1;
    return { exe, init };
  }

  /** PIDFD_GET_INFO needs neither procfs nor permission (6.13); status serves below it. */
  private uidOf(process: PidFd): number | null {
    try {
      return process.info().ruid;
    } catch (error) {
      if (!SysError.is(error)) throw error;
      const status = this.root.tryRead(`${process.pid}/status`);
      return status && parseStatus(status).ruid;
    }
  }

  /** null: reaped meanwhile, so what was read may be another process'. */
  private async readArgs(process: PidFd): Promise<Args | null> {
    const open = () => this.root.tryOpen(`${process.pid}/cmdline`);
    const bytes = await this.slow.read(open, argsLimit);
    if (process.isReaped()) return null;
    if (bytes) this.late.delete(process.key);
    else this.late.add(process.key);
    return bytes ? parseArgs(bytes, argsLimit) : noArgs;
  }

  private async complete(
    process: PidFd,
    stat: Stat,
    uid: number | null,
    fresh: Fresh,
  ): Promise<ProcessRow | null> {
    const args = stat.kernelThread ? noArgs : await this.readArgs(process);
    if (!args) return null;
    return {
      key: process.key,
      pid: process.pid,
      ppid: stat.ppid,
      parentKey: null,
      uid,
      user: this.users.name(uid),
      state: stat.state,
      startedAt: this.uptime.toEpoch(stat.startTicks),
      comm: stat.comm,
      args: args.args,
      argsCut: args.cut,
      exe: fresh.exe,
      kind: await this.kindOf(process, stat, fresh),
      program: layoutOf(stat),
    };
  }

  private async kindOf(process: PidFd, stat: Stat, fresh: Fresh): Promise<ProcessKind> {
    if (stat.kernelThread) return 'kernelThread';
    if (fresh.init) return 'containerInit';
    const kind = programKind(fresh.exe, stat.comm);
    if (kind !== 'native' || fresh.exe === null) return kind;
    return (await this.goPrograms.isGo(process, fresh.exe)) ? 'go' : 'native';
  }
}

/** The same object where nothing changed, so that comparing rows is comparing references. */
function update(known: ProcessRow, { stat, uid }: Reading, users: Users): ProcessRow {
  const { ppid, state, comm } = stat;
  if (known.ppid === ppid && known.state === state && known.comm === comm && known.uid === uid) {
    return known;
  }
  return { ...known, ppid, state, comm, uid, user: users.name(uid) };
}
