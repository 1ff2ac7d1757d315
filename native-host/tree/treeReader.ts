import type { PidFd } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat, type Stat } from '../procfs/stat.js';

/** Thread states in which no fork can happen: stopped, traced, dead. proc_pid_stat(5) */
const still = 'TtZX';

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

  /** Frozen: every thread is. SIGSTOP is asynchronous, and a fork in flight outlives it. */
  isStill(process: PidFd): boolean {
    return this.root
      .tryNumbers(`${process.pid}/task`)
      .every((tid) => still.includes(this.threadState(process.pid, tid)));
  }

  /** Ended, or about to be collected. */
  isOver(process: PidFd): boolean {
    const stat = this.stat(process);
    return stat === null || stat.state === 'Z' || stat.state === 'X';
  }

  /** Everybody's parent now, by number. */
  parents(): Map<number, number> {
    const stats = this.root.pids().map((pid) => [pid, this.statByNumber(pid)?.ppid ?? 0] as const);
    return new Map(stats);
  }

  /** Numbers of the children of all threads; whoever opens one must look again whose child it is. */
  children(process: PidFd): number[] {
    if (!this.hasChildrenFiles) return this.childrenByParent(process.pid);
    const tids = this.root.tryNumbers(`${process.pid}/task`);
    return tids.flatMap((tid) => {
      const bytes = this.root.tryReadWhole(`${process.pid}/task/${tid}/children`);
      return bytes ? bytes.toString('latin1').trim().split(' ').filter(Boolean).map(Number) : [];
    });
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
