import type { PidFd } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat, type Stat } from '../procfs/stat.js';

/** Thread states in which no fork can happen: stopped, traced, dead. proc_pid_stat(5) */
const still = 'TtZX';

/** Every thread is still; `alone`: there is but one. null: not yet. */
export type Stillness = 'alone' | 'all' | null;

/** Reads about processes of a tree by their numbers; the callers hold them. */
export class TreeReader {
  /** CONFIG_PROC_CHILDREN */
  private readonly hasChildrenFiles: boolean;

  constructor(private readonly root: ProcRoot) {
    this.hasChildrenFiles = root.tryRead(`self/task/${process.pid}/children`) !== null;
  }

  stat(process: PidFd): Stat | null {
    return process.whileAlive((pid) => this.statByNumber(pid));
  }

  /**
   * Frozen: every thread is. SIGSTOP is asynchronous, and a fork in flight outlives it. The state is read before the
   * threads are counted, so one alone that was still is all there is.
   */
  stillness({ pid }: PidFd): Stillness {
    const stat = this.statByNumber(pid);
    if (stat?.state === 'T' && stat.threads === 1) return 'alone';
    const tids = this.root.tryNumbers(`${pid}/task`);
    return tids.every((tid) => still.includes(this.threadState(pid, tid))) ? 'all' : null;
  }

  /** Everybody's parent now, by number. */
  parents(): Map<number, number> {
    const stats = this.root.pids().map((pid) => [pid, this.statByNumber(pid)?.ppid ?? 0] as const);
    return new Map(stats);
  }

  /** Everybody's start now, by number: together they tell one owner of a number from the next. */
  startTicks(): Map<number, string> {
    const stats = this.root.pids().map((pid) => [pid, this.statByNumber(pid)] as const);
    return new Map(stats.map(([pid, stat]) => [pid, stat?.startTicks ?? '']));
  }

  /** Numbers of the children of all threads (`alone`: of the one that it is known to have); whoever opens one must look again whose child it is. */
  children({ pid }: PidFd, alone = false): number[] {
    if (!this.hasChildrenFiles) return this.childrenByParent(pid);
    return this.threads(pid, alone).flatMap((tid) => {
      const bytes = this.root.tryReadWhole(`${pid}/task/${tid}/children`);
      return bytes ? bytes.toString('latin1').trim().split(' ').filter(Boolean).map(Number) : [];
    });
  }

  /** A thread that is made meanwhile is missed either way: who must see all children asks when all is still. */
  private threads(pid: number, alone: boolean): number[] {
    const one = alone || this.statByNumber(pid)?.threads === 1;
    return one ? [pid] : this.root.tryNumbers(`${pid}/task`);
  }

  private childrenByParent(parent: number): number[] {
    return this.root.pids().filter((pid) => this.statByNumber(pid)?.ppid === parent);
  }

  private statByNumber(pid: number): Stat | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return bytes && parseStat(bytes);
  }

  /** The letter itself: a first thread that has exited says Z here, and is as still as can be. */
  private threadState(pid: number, tid: number): string {
    const bytes = this.root.tryRead(`${pid}/task/${tid}/stat`);
    if (!bytes) return 'X';
    return bytes.toString('latin1', bytes.lastIndexOf(0x29) + 2, bytes.lastIndexOf(0x29) + 3);
  }
}
