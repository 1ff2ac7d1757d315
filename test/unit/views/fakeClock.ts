import type { Clock } from '../../../views/clock';

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  private time = 0;
  private skew = 0;
  private timers: { at: number; action: () => void }[] = [];

  now(): number {
    return this.time + this.skew;
  }

  elapsed(): number {
    return this.time;
  }

  /** As somebody does who sets the clock: no time passes. */
  set(now: number): void {
    this.skew = now - this.time;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { at: this.time + ms, action };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }

  /** Runs what is due, in order, and lets promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (let due = this.next(end); due; due = this.next(end)) {
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = due.at;
      due.action();
      await settled();
    }
    this.time = end;
  }

  get waiting(): number {
    return this.timers.length;
  }

  private next(end: number) {
    return this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** All promise callbacks that are ready, and those that they make ready. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
