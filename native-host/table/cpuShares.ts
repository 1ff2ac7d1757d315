import type { ProcessKey } from '../protocol.js';

/** Shares over less time say more of the clock tick (10 ms) than of the process: the last one is given again. */
const leastMs = 200;
/** What was not asked about for one to two of these is forgotten. */
const keepMs = 30_000;

interface Base {
  /** Processor time so far, in milliseconds. */
  readonly usedMs: number;
  readonly at: number;
  readonly share: number | null;
}

/** What share of one processor each process took since it was asked about before. */
export class CpuShares {
  private bases = new Map<ProcessKey, Base>();
  private older = new Map<ProcessKey, Base>();
  private timer: NodeJS.Timeout | null = null;

  /**
   * 1 is all of one processor; several threads can take more. null: not asked about within the last half minute or so.
   * @param at milliseconds of a clock that nobody sets
   */
  take(key: ProcessKey, usedMs: number, at: number): number | null {
    const before = this.bases.get(key) ?? this.older.get(key);
    const base = before && at - before.at < leastMs ? before : next(before, usedMs, at);
    this.bases.set(key, base);
    this.plan();
    return base.share;
  }

  [Symbol.dispose](): void {
    if (this.timer) clearTimeout(this.timer);
  }

  /** Runs only while there is something to forget. */
  private plan(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.older = this.bases;
      this.bases = new Map();
      if (this.older.size > 0) this.plan();
    }, keepMs).unref();
  }
}

/** Ticks are rounded down, so a base may seem to lie in front of what came later. */
function next(before: Base | undefined, usedMs: number, at: number): Base {
  const share = before ? Math.max(0, usedMs - before.usedMs) / (at - before.at) : null;
  return { usedMs, at, share };
}
