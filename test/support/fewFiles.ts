import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { HostClient } from './hostClient';
import { procfs } from './procfs';

/** The soft limit of open files of a process that runs. */
const limit = (pid: number, files: number | string): void => {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
};

const softLimit = (pid: number): string =>
  execFileSync('prlimit', ['--pid', String(pid), '--nofile', '--noheadings', '-o', 'SOFT'])
    .toString()
    .trim();

/** Of the numbers for descriptors, those below it but for `left` are taken: a limit counts numbers, not files. */
function limitThatLeaves(pid: number, left: number): number {
  const taken = new Set(procfs.openFiles(pid).map((file) => Number(file.split(' ')[0])));
  let number = 3; // poll(2) refuses to look at more descriptors than the limit
  for (let free = 0; free < left; number++) if (!taken.has(number)) free++;
  return number;
}

/** Runs `body` while the host can open so few more files; what it has open stays open. */
export async function withFewFiles(
  host: HostClient,
  left: number,
  body: () => Promise<void>,
): Promise<void> {
  const before = softLimit(host.pid);
  limit(host.pid, limitThatLeaves(host.pid, left));
  try {
    await body();
  } finally {
    if (!host.hasExited) limit(host.pid, before);
  }
  assert.equal(host.hasExited, false, host.stderr);
}

export const withoutFiles = (host: HostClient, body: () => Promise<void>): Promise<void> =>
  withFewFiles(host, 0, body);
