import { HostError } from '../support/hostClient';

/** What may not happen, and how long answers took. */
export class Tally {
  readonly counts = {
    ...{ requests: 0, forks: 0, signals: 0, waits: 0, translations: 0, pairs: 0 },
    ...{ filters: 0, reloads: 0, lostExits: 0, wrong: 0, unanswered: 0 },
  };
  readonly wrongs: string[] = [];
  private readonly latencies: number[] = [];
  /** In which forks were made or waited for: the rests between are not among them. */
  private forkingMs = 0;

  /** Times a request. A refusal is an answer, too, and goes on to the caller. */
  async timed<T>(request: Promise<T>): Promise<T> {
    const began = performance.now();
    this.counts.requests++;
    try {
      return await request;
    } catch (error) {
      if (!(error instanceof HostError)) this.counts.unanswered++;
      throw error;
    } finally {
      this.latencies.push(performance.now() - began);
    }
  }

  /** Counts so many forks, and the time of them. `make` is told how much of that there was so far. */
  async forking(count: number, make: (msSoFar: () => number) => Promise<void>): Promise<void> {
    const began = performance.now() - this.forkingMs;
    const msSoFar = (): number => performance.now() - began;
    try {
      await make(msSoFar);
      this.counts.forks += count;
    } finally {
      this.forkingMs = msSoFar();
    }
  }

  forksPerSecond(): number {
    return this.counts.forks / (this.forkingMs / 1000);
  }

  wrong(what: string): void {
    this.counts.wrong++;
    if (this.wrongs.length < 20) this.wrongs.push(what);
  }

  p99(): number {
    const sorted = Float64Array.from(this.latencies).sort();
    return sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
  }
}
