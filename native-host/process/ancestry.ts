import type { ProcRoot } from '../procfs/procRoot.js';
import { readExe } from '../procfs/exe.js';
import { orNull } from '../procfs/procRoot.js';
import { parseStat, type Stat } from '../procfs/stat.js';
import type { SignalGuard } from '../protocol.js';

/** An executable, and the topmost of our line that runs it. */
interface Program {
  readonly exe: string;
  readonly top: number;
}

/** Our own line of descent: who must not be stopped, and who should not be ended by accident. */
export class Ancestry {
  constructor(private readonly root: ProcRoot) {}

  /** Ourselves first, then parent, grandparent... They live as long as we look: a dead parent is replaced by another. */
  line(): Stat[] {
    const line: Stat[] = [];
    for (let pid = process.pid; pid > 0;) {
      const stat = this.stat(pid);
      if (!stat || line.some((one) => one.pid === pid)) break;
      line.push(stat);
      pid = stat.ppid;
    }
    return line;
  }

  /** Stopping it would stop us, who must continue it. `pid` is held by the caller. */
  contains(pid: number): boolean {
    return this.line().some((one) => one.pid === pid);
  }

  /** Stopping its members would stop us. */
  touchesGroup(group: number): boolean {
    return this.line().some((one) => one.group === group);
  }

  /** Why to think twice about the process of that number, which the caller holds. */
  guards(pid: number): SignalGuard[] {
    return this.guardsAmong([pid]);
  }

  /** The same for many at once, each guard once. */
  guardsAmong(pids: readonly number[]): SignalGuard[] {
    const line = this.line();
    const program = this.programOfVsCode(line);
    const guards = new Set<SignalGuard>();
    for (const pid of pids) {
      if (pid === 1) guards.add('init');
      if (pid === process.pid) guards.add('host');
      else if (line.some((one) => one.pid === pid)) guards.add('ancestor');
      else if (program && this.isPartOf(pid, program)) guards.add('vscode');
      if (line.some((one) => one.session === pid)) guards.add('sessionLeader');
    }
    return [...guards];
  }

  /**
   * VS Code runs all its parts with one executable, the one that started us, below one process. A program that the user
   * runs in a terminal of it has another executable.
   */
  private programOfVsCode(line: readonly Stat[]): Program | null {
    const parent = line[1];
    const exe = parent && this.exe(parent.pid);
    const top = exe ? line.findLast((one) => this.exe(one.pid) === exe) : undefined;
    return exe && top ? { exe, top: top.pid } : null;
  }

  /** Whatever VS Code has started, as far as parents tell. `pid` is held by the caller. */
  isBelowVsCode(pid: number): boolean {
    const line = this.line();
    const top = this.programOfVsCode(line)?.top ?? line[1]?.pid;
    return top !== undefined && pid !== top && this.descendsFrom(pid, top);
  }

  /**
   * Tells what we have started, and what those that we descend from have with their own executable: another extension
   * host, a language server. What runs in a terminal has a shell for a parent, and may run that executable as any other.
   * The line is looked at once: it lives as long as we do.
   */
  ownHelpers(): (pid: number) => boolean {
    const line = this.line();
    const exe = this.programOfVsCode(line)?.exe;
    const parts = line.filter((one) => exe !== undefined && this.exe(one.pid) === exe);
    const numbers = new Set(parts.map((one) => one.pid));
    return (pid) => {
      const parent = this.stat(pid)?.ppid ?? 0;
      if (parent === process.pid) return true;
      return numbers.has(parent) && this.exe(pid) === exe;
    };
  }

  private isPartOf(pid: number, { exe, top }: Program): boolean {
    return this.exe(pid) === exe && this.descendsFrom(pid, top);
  }

  /** As parents are now: who lost its own belongs to another. Both numbers are held by the caller, or ours. */
  descendsFrom(pid: number, ancestor: number): boolean {
    for (const at of this.upFrom(pid)) if (at === ancestor) return true;
    return false;
  }

  /** Itself first, then its parent, and so on, as parents are now. `pid` is held by the caller, or ours. */
  *upFrom(pid: number): Generator<number> {
    const seen = new Set<number>();
    for (let at = pid; at > 0 && !seen.has(at); at = this.stat(at)?.ppid ?? 0) {
      yield at;
      seen.add(at);
    }
  }

  private exe(pid: number): string | null {
    return orNull(() => readExe(this.root, pid))?.path ?? null;
  }

  private stat(pid: number): Stat | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return bytes && parseStat(bytes);
  }
}
