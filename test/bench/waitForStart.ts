// From the exec of a process that was waited for until it is known, held and stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetToken } from '../../native-host/protocol';
import { buildFixtures } from '../support/buildFixtures';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { trees } from '../support/trees';
import type { Benchmark, Figure, RunOptions } from './runner/benchmark';
import { figureOf, repeat } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'attach.wait_for_start_pin_p99_ms': 5 };
export const names = Object.keys(aims);

const startsEachRound = 10;
const token = 'start' as TargetToken;

/** Milliseconds after the moment before execve(2). */
interface Start {
  /** The client has the news: it was held and stopped before that. */
  readonly told: number;
  /** It came to its main(), or null. */
  readonly begun: number | null;
  /** It ran for the last time. */
  readonly last: number;
}

export const run: Benchmark['run'] = async (options) => ({
  ...(await measure(options, 'pin')),
  ...(await measure(options, 'polled', ['--without=procConnector'])),
});

async function measure(
  options: RunOptions,
  name: string,
  words: string[] = [],
): Promise<Record<string, Figure>> {
  const host = await startHost(words);
  const folder = mkdtempSync(join(tmpdir(), 'pidfd-start-'));
  try {
    const starts: Start[] = [];
    await repeat(options, async () => {
      for (let n = 0; n < startsEachRound; n++) starts.push(await startOne(host, folder));
      return 0;
    });
    return figures(name, starts);
  } finally {
    rmSync(folder, { recursive: true });
    await host.close();
  }
}

async function startOne(host: HostClient, folder: string): Promise<Start> {
  const { starter } = buildFixtures();
  const program = join(folder, `program-${process.pid}`);
  const times = join(folder, 'times');
  copyFileSync(starter, program);
  writeFileSync(times, Buffer.alloc(24));
  const pattern = { kind: 'executable', path: program } as const;
  await host.request('next/watch', { token, pattern, stop: true });
  const child = spawn(starter, [times, program], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const { row } = await host.next('next/found', ({ token: one }) => one === token);
  const told = process.hrtime.bigint();
  await eventually('it is stopped', () => trees.isStopped(row.pid));
  const [exec = 0n, begin = 0n, last = 0n] = [...new BigUint64Array(readWords(times))];
  child.kill('SIGKILL'); // our own, not collected yet
  await exited;
  await host.request('next/end', { token });
  const after = (time: bigint) => Number(time - exec) / 1e6;
  return { told: after(told), begun: begin ? after(begin) : null, last: last ? after(last) : 0 };
}

function readWords(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return new Uint8Array(bytes).buffer;
}

function figures(name: string, starts: readonly Start[]): Record<string, Figure> {
  const told = starts.map((start) => start.told);
  const ran = starts.map(({ begun, last }) => (begun === null ? 0 : last - begun));
  const untouched = starts.filter(({ begun }) => begun === null).length;
  const prefix = `attach.wait_for_start_${name}`;
  return {
    [`${prefix}_p99_ms`]: { ...figureOf(told, 'ms'), value: quantile(told, 0.99) },
    [`${prefix}_ms`]: figureOf(told, 'ms'),
    [`${prefix}_ran_in_main_ms`]: figureOf(ran, 'ms'),
    [`${prefix}_ran_in_main_p99_ms`]: { ...figureOf(ran, 'ms'), value: quantile(ran, 0.99) },
    [`${prefix}_before_main`]: { ...figureOf([untouched], 'runs') },
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
