// What is measured again and again while the soak runs, and what its course says.
import { readFileSync } from 'node:fs';
import type { HostClient } from '../support/hostClient';

interface Point {
  readonly hours: number;
  readonly fds: number;
  readonly rssMb: number;
}

/** Warming up is no leak. */
const settledAfter = 0.25;

export class Course {
  private readonly points: Point[] = [];
  private readonly began = performance.now();

  constructor(private readonly host: HostClient) {}

  note(): void {
    const status = readFileSync(`/proc/${this.host.pid}/status`, 'utf8');
    const rssMb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
    const hours = (performance.now() - this.began) / 3_600_000;
    this.points.push({ hours, fds: this.host.fds(), rssMb });
  }

  /** Growth in an hour, by least squares over the points after the warm-up. */
  slope(of: 'fds' | 'rssMb'): number {
    const settled = this.points.slice(Math.floor(this.points.length * settledAfter));
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const [x, y] = [mean(settled.map(({ hours }) => hours)), mean(settled.map((each) => each[of]))];
    const spread = settled.reduce((sum, { hours }) => sum + (hours - x) ** 2, 0);
    const together = settled.reduce((sum, each) => sum + (each.hours - x) * (each[of] - y), 0);
    return together / spread;
  }
}
