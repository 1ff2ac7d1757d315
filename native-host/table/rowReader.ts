/**
 * Reads one process into a row. All reads by number stand between opening the pidfd and asking whether it is still
 * alive: then the number was its own throughout, and the row is one process' and not stitched from two.
 */
import { SysError } from '../kernel/sysError.js';
import { NumberedProcess } from '../process/numberedProcess.js';
import type { ReadableProcess } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import {
  areLate,
  argsLimit,
  lateArgs,
  noArgs,
  parseArgs,
  splitArgs,
  type Args,
} from '../procfs/args.js';
import { readProgramFacts, type ProgramFacts } from '../procfs/programFacts.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import { parseStat, type Stat } from '../procfs/stat.js';
import { parseStatus } from '../procfs/status.js';
import type { Users } from '../procfs/users.js';
import type { ProcessKind, ProcessRow, ProcessState, ProgramId } from '../protocol.js';
import { allOf } from './allOf.js';
import type { CrowdHelper, CrowdPrograms } from './crowdHelper.js';
import { handled } from './handled.js';
import { layoutOf } from './program.js';
import type { RowKinds } from './rowKinds.js';
import type { Uptime } from './uptime.js';

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
  readonly fresh: ProgramFacts | null;
}

export class RowReader {
  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
    private readonly users: Users,
    private readonly uptime: Uptime,
    private readonly kinds: RowKinds,
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

  /**
   * The same at once, for a process that runs what it ran, or for nobody. undefined: what it runs is to be read, and that
   * may take its time.
   */
  readAgain(pid: number, previous: ProcessRow): ProcessRow | null | undefined {
    const process = this.openToRead(pid);
    if (!process) return null;
    try {
      if (process.key !== previous.key) return undefined;
      const stat = this.statOf(pid);
      if (!stat || !this.runsOn(previous, stat)) return undefined;
      const uid = this.uidOf(process);
      return process.isReaped() ? null : this.update(previous, stat, uid);
    } finally {
      process[Symbol.dispose]();
    }
  }

  /**
   * Many whom nobody knows yet: the helper reads what they run, we all the rest. null for those that nobody has. That none
   * of them is the first one of a container is presumed only.
   */
  async readCrowd(
    pids: readonly number[],
    helper: CrowdHelper,
  ): Promise<readonly (ProcessRow | null)[]> {
    const opened: (ReadableProcess | null)[] = [];
    try {
      for (const pid of pids) opened.push(this.openToRead(pid));
      const stats = opened.map((process) => process && this.statOf(process.pid));
      const programs = await helper.programs(pids);
      const rows: (ProcessRow | null | Promise<ProcessRow | null>)[] = [];
      for (const [index, process] of opened.entries())
        rows.push(this.readHelped(process, stats[index], programs, index));
      return await allOf(rows);
    } finally {
      for (const process of opened) process?.[Symbol.dispose]();
    }
  }

  private readHelped(
    process: ReadableProcess | null,
    stat: Stat | null | undefined,
    programs: CrowdPrograms | null,
    index: number,
  ): ProcessRow | null | Promise<ProcessRow | null> {
    if (!process || !stat) return null;
    const command = programs?.commands[index] ?? null;
    if (!programs || command === null) return handled(this.readOpened(process));
    const facts = { exe: programs.exes[index] ?? null, init: false };
    const args = splitArgs(command, programs.cuts[index] === true);
    const finish = (kind: ProcessKind) => {
      const uid = this.uidOf(process);
      return process.isReaped() ? null : this.row(process, stat, uid, facts, args, kind);
    };
    const kind = this.kinds.known(stat, facts);
    return kind ? finish(kind) : handled(this.kinds.of(process, stat, facts).then(finish));
  }

  async readOpened(process: ReadableProcess, hints: Hints = {}): Promise<ProcessRow | null> {
    const known = hints.previous?.key === process.key ? hints.previous : undefined;
    const reading = this.readBound(process, known, hints.executed === true);
    if (!reading) return null;
    const { stat, uid, fresh } = reading;
    if (!fresh) return known ? this.update(known, stat, uid) : null;
    const { origin, executed } = hints;
    if (origin && !executed && !fresh.init && runsTheSame(origin, stat))
      return this.likeOrigin(process, stat, uid, origin);
    const row = await this.complete(process, stat, uid, fresh);
    return row && known && isSame(known, row) ? known : row;
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
    const same = known && (stat.state === 'Z' || !executed) && this.runsOn(known, stat);
    const fresh = same ? null : this.readFresh(process.pid, stat);
    const uid = this.uidOf(process);
    return process.isReaped() ? null : { stat, uid, fresh };
  }

  /**
   * A zombie has let go of its program: what it ran is worth keeping. Arguments that did not come in time are asked for
   * again when nothing is stuck any more.
   */
  private runsOn(known: ProcessRow, stat: Stat): boolean {
    if (stat.state === 'Z') return true;
    return known.program === layoutOf(stat) && (!areLate(known) || this.slow.isStuck);
  }

  private readFresh(pid: number, stat: Stat): ProgramFacts {
    if (stat.kernelThread) return { exe: null, init: false };
    return readProgramFacts(this.root, pid);
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
    return bytes ? parseArgs(bytes, argsLimit) : lateArgs;
  }

  private likeOrigin(
    process: ReadableProcess,
    stat: Stat,
    uid: number | null,
    { args, argsCut: cut, exe, kind }: ProcessRow,
  ): ProcessRow {
    return this.row(process, stat, uid, { exe, init: false }, { args, cut }, kind);
  }

  private async complete(
    process: ReadableProcess,
    stat: Stat,
    uid: number | null,
    fresh: ProgramFacts,
  ): Promise<ProcessRow | null> {
    const args = stat.kernelThread ? noArgs : await this.readArgs(process);
    if (!args) return null;
    return this.row(process, stat, uid, fresh, args, await this.kinds.of(process, stat, fresh));
  }

  /** One literal: putting thousands of rows together from parts costs more than reading them. */
  private row(
    { key, pid }: ReadableProcess,
    stat: Stat,
    uid: number | null,
    { exe }: ProgramFacts,
    { args, cut }: Args,
    kind: ProcessKind,
  ): ProcessRow {
    return {
      key,
      pid,
      ppid: stat.ppid,
      parentKey: null,
      uid,
      user: this.users.name(uid),
      state: stat.state,
      startedAt: this.uptime.toEpoch(stat.startTicks),
      comm: stat.comm,
      args,
      argsCut: cut,
      exe,
      kind,
      program: layoutOf(stat),
    };
  }

  /** The same object where nothing changed, so that comparing rows is comparing references. */
  private update(known: ProcessRow, stat: Stat, uid: number | null): ProcessRow {
    const { ppid, state, comm } = stat;
    const same = known.ppid === ppid && known.state === state && known.comm === comm;
    if (same && known.uid === uid) return known;
    return { ...known, ppid, state, comm, uid, user: this.users.name(uid) };
  }
}

/** A container's init has a kind of its own; names without permission prove nothing. */
function runsTheSame(origin: ProcessRow, stat: Stat): boolean {
  const fits = origin.kind !== 'containerInit' && !areLate(origin);
  return fits && stat.startStack !== '0' && origin.program === layoutOf(stat);
}

/** But for the parent, which the reader does not know. */
function isSame(a: ProcessRow, b: ProcessRow): boolean {
  if (areLate(a) !== areLate(b)) return false;
  return JSON.stringify({ ...a, parentKey: null }) === JSON.stringify({ ...b, parentKey: null });
}
