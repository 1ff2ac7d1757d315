import { uptime } from 'node:os';
import { clockTicksPerSecond } from '../kernel/resources.js';
import type { ProcRoot } from '../procfs/procRoot.js';

/** Turns start times (clock ticks since boot) into wall-clock time, for people; identity never goes through it. */
export class Uptime {
  private readonly bootedAt: number;
  private readonly msPerTick = 1000 / clockTicksPerSecond();

  /** Fixed at the start: a start time on screen must not wander with the clock. */
  constructor(root: ProcRoot) {
    const text = root.tryRead('uptime')?.toString('latin1'); // a private procfs has processes only
    const seconds = text === undefined ? uptime() : Number(text.split(' ')[0]);
    this.bootedAt = Date.now() - seconds * 1000;
  }

  /** Milliseconds since the epoch. */
  toEpoch(startTicks: string): number {
    return Math.round(this.bootedAt + Number(startTicks) * this.msPerTick);
  }
}
