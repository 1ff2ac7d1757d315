/**
 * Reads one process into a row. All reads by number stand between opening the pidfd and asking whether it is still
 * alive: then the number was its own throughout, and the row is one process' and not stitched from two.
 */
import { SysError } from '../kernel/sysError.js';
import { NumberedProcess } from '../process/numberedProcess.js';
import type { ReadableProcess } from '../process/pidFd.js';
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

/** What is known of a process before it is read. */
export interface Hints {
  /** The row of whoever had the number last. Taken over where the identity is the same. */
  readonly previous?: ProcessRow | undefined;
  /** It has executed something: its strings are read again even where nothing else tells. */
  readonly executed?: boolean;
  /** Who forked it. As long as both run the same program their strings are the same. */
  readonly origin?: ProcessRow | undefined;
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
   * Of a process that is known only what can change is read again. null: no such process.
   * The row's `parentKey` is for the caller, who knows the other rows.
   */
  async read(pid: number, hints: Hints = {}): Promise<ProcessRow | null> {
    using process = this.openToRead(pid);
    return process && (await this.readOpened(process, hints));
  }

  /** Where nothing can be held, rows are still to be seen. */
  private openToRead(pid: number): ReadableProcess | null {
    if (this.opener.tier === 'none') return NumberedProcess.of(this.root, pid);
    return this.opener.tryNumber(pid);
  }

  async readOpened(process: ReadableProcess, hints: Hints = {}): Promise<ProcessRow | null> {
    const known = hints.previous?.key === process.key ? hints.previous : undefined;
    const reading = this.readBound(process, known, hints.executed === true);
    if (!reading) return null;
    if (!reading.fresh) return known ? update(known, reading, this.users) : null;
    const { stat, uid, fresh } = reading;
    const { origin } = hints;
    if (origin && !fresh.init && this.runsTheSame(origin, stat))
      return this.likeOrigin(process, stat, uid, origin);
    const row = await this.complete(process, stat, uid, fresh);
    return row && known && isSame(known, row) ? known : row;
  }

  /** A container's init has a kind of its own; names without permission prove nothing. */
  private runsTheSame(origin: ProcessRow, stat: Stat): boolean {
    const fits = origin.kind !== 'containerInit' && !this.late.has(origin.key);
    return fits && stat.startStack !== '0' && origin.program === layoutOf(stat);
  }

  /** What a signal wants to know, at the cost of one read. null: gone. */
  glance(process: ReadableProcess): Glance | null {
    const stat = this.statOf(process.pid);
    return stat && !process.isReaped() ? { program: layoutOf(stat), state: stat.state } : null;
  }

  private statOf(pid: number): Stat | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return bytes && parseStat(bytes);
  }

  private readBound(
    process: ReadableProcess,
    known: ProcessRow | undefined,
    executed: boolean,
  ): Reading | null {
    const stat = this.statOf(process.pid);
    if (!stat) return null;
    // A zombie has let go of its program: what it ran is worth keeping.
    const same = known && (stat.state === 'Z' || (!executed && this.isComplete(known, stat)));
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
  private uidOf(process: ReadableProcess): number | null {
    try {
      return process.info().ruid;
    } catch (error) {
      if (!SysError.is(error)) throw error;
      const status = this.root.tryRead(`${process.pid}/status`);
      return status && parseStatus(status).ruid;
    }
  }

  /** null: reaped meanwhile, so what was read may be another process'. */
  private async readArgs(process: ReadableProcess): Promise<Args | null> {
    const open = () => this.root.tryOpen(`${process.pid}/cmdline`);
    const bytes = await this.slow.read(open, argsLimit);
    if (process.isReaped()) return null;
    if (bytes) this.late.delete(process.key);
    else this.late.add(process.key);
    return bytes ? parseArgs(bytes, argsLimit) : noArgs;
  }

  private likeOrigin(
    process: ReadableProcess,
    stat: Stat,
    uid: number | null,
    origin: ProcessRow,
  ): ProcessRow {
    const { args, argsCut, exe, kind } = origin;
    return { ...this.plain(process, stat, uid), args, argsCut, exe, kind };
  }

  private async complete(
    process: ReadableProcess,
    stat: Stat,
    uid: number | null,
    fresh: Fresh,
  ): Promise<ProcessRow | null> {
    const args = stat.kernelThread ? noArgs : await this.readArgs(process);
    if (!args) return null;
    return {
      ...this.plain(process, stat, uid),
      args: args.args,
      argsCut: args.cut,
      exe: fresh.exe,
      kind: await this.kindOf(process, stat, fresh),
    };
  }

  private plain(process: ReadableProcess, stat: Stat, uid: number | null) {
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
      program: layoutOf(stat),
    };
  }

  private async kindOf(process: ReadableProcess, stat: Stat, fresh: Fresh): Promise<ProcessKind> {
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

/** But for the parent, which the reader does not know. */
function isSame(a: ProcessRow, b: ProcessRow): boolean {
  return JSON.stringify({ ...a, parentKey: null }) === JSON.stringify({ ...b, parentKey: null });
}
