// What is measured again and again while nothing is asked, and what its course says.
import { setTimeout as delay } from 'node:timers/promises';
import type { HostClient } from '../support/hostClient';
import { eventually } from '../support/eventually';

export interface Point {
  readonly hours: number;
  readonly fds: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

/** Warming up is no leak: code that is compiled, tables that find their size. */
const settledAfter = 0.3;
const looks = 5;

const lineOf = /^\{"soak":.*\}$/gm;
const megabytes = (bytes: number): number => bytes / 2 ** 20;

export class Course {
  readonly points: Point[] = [];
  private readonly began = performance.now();

  constructor(private readonly host: HostClient) {}

  /** Of a host that rests. */
  async note(): Promise<void> {
    const { rss, heapUsed } = await this.collected();
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

  /** What is left when it has collected its garbage: how much of that lies about says nothing. */
  private async collected(): Promise<{ rss: number; heapUsed: number }> {
    const lines = () => this.host.stderr.match(lineOf) ?? [];
    const before = lines().length;
    process.kill(this.host.pid, 'SIGUSR2'); // our own child
    await eventually('it has collected its garbage', () => lines().length > before);
    const { soak } = JSON.parse(lines().at(-1) ?? '') as {
      soak: { rss: number; heapUsed: number };
    };
    return soak;
  }
}
