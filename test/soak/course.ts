// What is measured again and again while nothing is asked, and what its course says.
import { setTimeout as delay } from 'node:timers/promises';
import type { HostClient } from '../support/hostClient';
import { eventually } from '../support/eventually';

interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

export interface Point {
  readonly hours: number;
  readonly fds: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

/** Warming up is no leak: code that is compiled, tables that find their size. */
const settledAfter = 0.3;
const looks = 5;
/**
 * V8 gives back what it has for young objects, which is up to 32 MB, at some later collection of one that rests, and so
 * does glibc with what its threads had. Measured before that, memory rises and falls by more than a leak of a day.
 */
const collections = 8;
const betweenMs = 150;

const lineOf = /^\{"soak":.*\}$/gm;
const megabytes = (bytes: number): number => bytes / 2 ** 20;

export class Course {
  readonly points: Point[] = [];
  private readonly began = performance.now();

  constructor(private readonly host: HostClient) {}

  /** Of a host that rests. */
  async note(): Promise<void> {
    const { rss, heapUsed } = await this.leastMemory();
    const hours = (performance.now() - this.began) / 3_600_000;
    const [rssMb, heapMb] = [megabytes(rss), megabytes(heapUsed)];
    this.points.push({ hours, fds: await this.fewestFds(), rssMb, heapMb });
  }

  /** The machine goes on meanwhile: what its news are about is open for a moment, what was lost is open each time. */
  private async fewestFds(): Promise<number> {
    let fewest = Infinity;
    for (let look = 0; look < looks; look++) {
      fewest = Math.min(fewest, this.host.fds());
      await delay(10);
    }
    return fewest;
  }

  /** Growth in an hour, by least squares over the points after the warm-up. */
  slope(of: 'fds' | 'rssMb' | 'heapMb'): number {
    const settled = this.points.slice(Math.floor(this.points.length * settledAfter));
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const [x, y] = [mean(settled.map(({ hours }) => hours)), mean(settled.map((each) => each[of]))];
    const spread = settled.reduce((sum, { hours }) => sum + (hours - x) ** 2, 0);
    const together = settled.reduce((sum, each) => sum + (each.hours - x) * (each[of] - y), 0);
    return spread === 0 ? NaN : together / spread;
  }

  private async leastMemory(): Promise<Memory> {
    let least: Memory = { rss: Infinity, heapUsed: Infinity };
    for (let times = 0; times < collections; times++) {
      const { rss, heapUsed } = await this.collected();
      least = { rss: Math.min(least.rss, rss), heapUsed: Math.min(least.heapUsed, heapUsed) };
      await delay(betweenMs);
    }
    return least;
  }

  /** What is left when it has collected its garbage: how much of that lies about says nothing. */
  private async collected(): Promise<Memory> {
    const lines = () => this.host.stderr.match(lineOf) ?? [];
    const before = lines().length;
    process.kill(this.host.pid, 'SIGUSR2'); // our own child
    await eventually('it has collected its garbage', () => lines().length > before);
    return (JSON.parse(lines().at(-1) ?? '') as { soak: Memory }).soak;
  }
}
