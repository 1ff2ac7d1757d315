/**
 * Who begins to run a program, where the kernel tells of none: /proc is listed again and again. Whoever comes and goes
 * between two looks is missed. A child between fork and exec runs its parent's program; it is looked at again and again
 * while it is young, since one that is looked at only once would be taken for its parent and its real start missed.
 */
import { parseStat, type Stat } from '../procfs/stat.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { settleMs, type ExecListener, type ExecSource } from './execSource.js';

const shortestPauseMs = 5;
/** Looking may take at most this share of one CPU. */
const loadFactor = 20;
/** So long each look is at every single one that came. */
const youngMs = 2000;
/** Who is older is looked at so often. */
const wholeMs = 500;

interface Seen {
  readonly startTicks: string;
  readonly program: string;
  readonly since: number;
  /** It runs its parent's program since it came, which was not told yet. */
  forked: boolean;
}

export class ExecPolling implements ExecSource {
  readonly mode = { kind: 'polling', intervalMs: shortestPauseMs } as const;
  private readonly seen = new Map<number, Seen>();
  private timer: NodeJS.Timeout | null = null;
  private lastWhole = performance.now();

  constructor(
    private readonly root: ProcRoot,
    private readonly listener: ExecListener,
    private readonly log: (message: string) => void,
  ) {
    const now = performance.now();
    for (const pid of root.pids()) this.note(pid, now, false);
    this.plan(shortestPauseMs);
  }

  [Symbol.dispose](): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private plan(ms: number): void {
    this.timer = setTimeout(() => this.tick(), ms);
  }

  private tick(): void {
    const before = process.cpuUsage();
    try {
      this.look(performance.now());
    } catch (error) {
      this.log(`no look for new processes: ${String(error)}`); // out of descriptors, say: the next one tries again
    }
    if (this.timer === null) return; // found
    const { user, system } = process.cpuUsage(before); // microseconds: a busy machine is not to slow it down further
    this.plan(Math.max(shortestPauseMs, ((user + system) / 1000) * loadFactor));
  }

  private look(now: number): void {
    const pids = new Set(this.root.pids());
    const isWhole = now - this.lastWhole >= wholeMs;
    if (isWhole) this.lastWhole = now;
    for (const pid of this.seen.keys()) if (!pids.has(pid)) this.seen.delete(pid);
    for (const pid of pids) {
      const known = this.seen.get(pid);
      if (!known || isWhole || now - known.since < youngMs) this.note(pid, now, true);
    }
  }

  private note(pid: number, now: number, telling: boolean): void {
    const stat = this.stat(pid);
    if (!stat) return;
    const known = this.seen.get(pid);
    const isNew = known?.startTicks !== stat.startTicks;
    const program = programOf(stat);
    if (!isNew && known?.program === program) return this.tellFork(pid, known, now);
    const forked = isNew && program === this.seen.get(stat.ppid)?.program;
    const since = isNew || !known ? now : known.since;
    this.seen.set(pid, { startTicks: stat.startTicks, program, since, forked: forked && telling });
    if (telling && !forked) this.listener.exec(pid);
  }

  private tellFork(pid: number, known: Seen, now: number): void {
    if (!known.forked || now - known.since < settleMs) return;
    known.forked = false;
    this.listener.forked(pid);
  }

  private stat(pid: number): Stat | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return bytes && parseStat(bytes);
  }
}

/** A fork has the addresses of its parent; each exec lays them out anew. Without permission the short name must do. */
function programOf({ startStack, startCode, comm }: Stat): string {
  return startStack === '0' ? comm : `${startCode}.${startStack}`;
}
