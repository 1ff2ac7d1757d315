// The same as snapshot.ts with nearly 20,000 processes, to show that the cost of one does not grow.
import { readFileSync } from 'node:fs';
import type { Benchmark } from './runner/benchmark';
import { measureSnapshots } from './runner/snapshots';
import * as small from './snapshot';

const rename = (name: string) => name.replace('5k', '20k');
export const aims = Object.fromEntries(
  Object.entries(small.aims).map(([name, aim]) => [rename(name), aim]),
);
export const names = small.names.filter((name) => !name.endsWith('systeminformation')).map(rename);

/** With all else that runs it stays below 20,000. */
const size = 18_000;
const mostRounds = 3;

/** The machine's and our cgroup's limits. */
function mostProcesses(): number {
  const files = ['/proc/sys/kernel/pid_max', '/proc/sys/kernel/threads-max', ...cgroupLimits()];
  const limits = files.map((file) => Number(tryRead(file)));
  return Math.min(...limits.filter((limit) => limit > 0)); // "max" is no number
}

function cgroupLimits(): string[] {
  const lines = (tryRead('/proc/self/cgroup') ?? '').trim().split('\n');
  return lines.flatMap((line) => {
    const [, controllers, path] = line.split(':');
    const hierarchy = controllers === 'pids' ? '/pids' : '';
    return [`/sys/fs/cgroup${hierarchy}${path}/pids.max`, `/sys/fs/cgroup${hierarchy}/pids.max`];
  });
}

function tryRead(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export const run: Benchmark['run'] = async (options) => {
  const most = mostProcesses();
  if (most < size * 1.2) {
    options.progress(`skipped: there may be no more than ${most} processes here`);
    return {};
  }
  const rounds = Math.min(options.rounds, mostRounds);
  return await measureSnapshots({ ...options, rounds, size, name: 'snapshot.20k', slowRounds: 0 });
};
