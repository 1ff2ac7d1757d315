/**
 * Reads everything again and again: where the kernel tells us no news. A number counts as unchanged only after its
 * identity was compared, so a recycled one is a removed row and an added one.
 */
import type { ScanReason, TableDelta, TableMode } from '../protocol.js';
import type { Keeper, KeeperParts } from './keeper.js';
import { Suspects } from './suspects.js';

const shortestMs = 1000;
const longestMs = 4000;
/** Where a scan finds that nobody came or went, the next one takes more time. */
const slowDown = 1.5;
/** A scan may take at most this share of one processor: where others keep it busy, the table is not to be older still. */
const loadFactor = 20;
/** So much of what the slowest one took is still believed after the next. */
const memory = 0.8;

/** Scans that take long, in processor time, have longer pauses; said in whole seconds. */
export function scanMode(reason: ScanReason, tookMs = 0): TableMode & { kind: 'scan' } {
  const leastMs = Math.ceil((tookMs * loadFactor) / 1000) * 1000;
  return {
    kind: 'scan',
    shortestMs: Math.max(shortestMs, leastMs),
    longestMs: Math.max(longestMs, leastMs),
    reason,
  };
}

export class ScanKeeper implements Keeper {
  private timer: NodeJS.Timeout | null = null;
  private due = 0;
  private readonly suspects: Suspects;
  private tookMs = 0;
  private intervalMs = shortestMs;
  private disposed = false;

  constructor(
    private readonly parts: KeeperParts,
    private readonly reason: ScanReason,
  ) {
    this.suspects = new Suspects(parts.rows);
  }

  get mode(): TableMode & { kind: 'scan' } {
    return scanMode(this.reason, this.tookMs);
  }

  async readAll(): Promise<void> {
    const { reader, rows, tell } = this.parts;
    const isFirst = rows.size === 0; // reads everything of everybody, and never again
    const before = process.cpuUsage();
    const suspects = this.suspects.next();
    const findings = await reader.all((pid) => ({
      previous: rows.get(pid),
      executed: suspects.has(pid),
    }));
    if (this.disposed) return;
    const delta = rows.replace(findings);
    const { user, system } = process.cpuUsage(before); // microseconds
    const mode = this.adapt(isFirst ? 0 : (user + system) / 1000, delta);
    if (delta || mode) tell({ ...(delta ?? noChange), ...(mode ? { mode } : {}) });
  }

  start(): void {
    if (this.disposed) return;
    if (this.timer) clearTimeout(this.timer);
    this.due = performance.now() + this.intervalMs;
    this.timer = setTimeout(() => void this.tick(), this.intervalMs);
  }

  /** The next scan will find it, and comes soon. */
  expect(): void {
    this.intervalMs = this.mode.shortestMs;
    if (this.timer && this.due > performance.now() + this.intervalMs) this.start();
  }

  [Symbol.dispose](): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** Gives the mode where it is another one from now on. */
  private adapt(tookMs: number, delta: TableDelta | null): TableMode | null {
    const before = this.mode;
    this.tookMs = Math.max(tookMs, this.tookMs * memory);
    const { mode } = this;
    const busy = delta !== null && delta.added.length + delta.removed.length > 0;
    const next = busy ? mode.shortestMs : this.intervalMs * slowDown;
    this.intervalMs = Math.min(mode.longestMs, Math.max(mode.shortestMs, next));
    return mode.longestMs === before.longestMs ? null : mode;
  }

  private async tick(): Promise<void> {
    try {
      await this.parts.exclusive(() => this.readAll());
    } catch (error) {
      // Out of descriptors, say: the rows stay as they are, and the next scan tries again.
      this.parts.log(`scan failed: ${String(error)}`);
    }
    this.start();
  }
}

const noChange: TableDelta = { added: [], changed: [], removed: [] };
