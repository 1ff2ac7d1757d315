// What it takes to wait for ten thousand, and how soon the end of one is known.
import { readdirSync } from 'node:fs';
import type { ProcessKey, TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import type { Benchmark } from './runner/benchmark';
import { memoryOf, startCollectingHost } from './runner/collectingHost';
import { figureOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = {
  'wait.10k_missing': 0,
  'wait.10k_total_ms': 1000,
  'wait.bytes_per_target': 2000,
  'wait.threads_added': 0,
  'wait.exit_to_client_p99_ms': 10,
};
export const names = Object.keys(aims);

const many = 10_000;
const few = 2000;
/** As many as the native host works on at once: a queue of requests would leave more behind than the targets do. */
const atOnce = 16;
const singles = 300;
const limitMs = 60_000;

const token = (pid: number) => String(pid) as TargetToken;
const threads = ({ pid }: HostClient) => readdirSync(`/proc/${pid}/task`).length;

async function hold(host: HostClient, pids: readonly number[], keys: Map<number, ProcessKey>) {
  for (let from = 0; from < pids.length; from += atOnce) {
    const some = pids.slice(from, from + atOnce).map((pid) => {
      const key = keys.get(pid);
      if (!key) throw new Error(`${pid} is not listed`);
      return host.request('target/hold', { token: token(pid), key });
    });
    await Promise.all(some);
  }
}

/** Raw wait statuses, as the parent's own wait gave them. */
async function endAll(parent: Actor): Promise<Map<number, number>> {
  await parent.ask('openGate');
  const words = (await parent.ask('harvest')).map(Number);
  return new Map(
    words.flatMap((pid, at) => (at % 2 ? [] : [[pid, words[at + 1] ?? NaN] as const])),
  );
}

/** How many ends were not told, or not exactly. */
function missing(host: HostClient, raw: ReadonlyMap<number, number>): number {
  const told = new Set<number>();
  for (const { token: name, status } of host.untaken('target/reaped')) {
    const expected = raw.get(Number(name)) ?? NaN;
    const exact =
      (status.kind === 'exited' && expected === status.code << 8) ||
      (status.kind === 'signaled' && (expected & 0x7f) === status.signal);
    if (exact) told.add(Number(name));
  }
  return raw.size - told.size;
}

async function crowd() {
  const host = await startCollectingHost();
  const parent = await Actor.start();
  const pids = (await parent.ask('crowd', many)).map(Number);
  const { rows } = await host.request('processes/list', null);
  const keys = new Map(rows.map(({ pid, key }) => [pid, key]));
  await host.request('processes/list', null);
  const before = threads(host);
  await hold(host, pids.slice(0, few), keys);
  const small = await memoryOf(host);
  await hold(host, pids.slice(few), keys);
  const large = await memoryOf(host);
  const added = threads(host) - before;
  const raw = await endAll(parent);
  const ended = performance.now();
  const all = () => host.untaken('target/reaped').length >= many;
  await eventually('all ends are told', all, limitMs).catch(() => undefined);
  const total = performance.now() - ended;
  const lost = missing(host, raw);
  await host.close();
  await Actor.endAll();
  return { lost, total, added, slope: (large - small) / (many - few) };
}

/** Milliseconds from the word that ends a process to the news of its end. */
async function single(host: HostClient, parent: Actor): Promise<number> {
  const child = await parent.fork();
  const { key } = await host.request('processes/find', { pid: child.pid });
  await host.request('target/hold', { token: token(child.pid), key });
  const told = host.next('target/exited');
  const begin = performance.now();
  child.exit(0);
  await told;
  const elapsed = performance.now() - begin;
  await parent.reap(child);
  await host.next('target/reaped');
  return elapsed;
}

async function p99(): Promise<number> {
  const host = await startHost();
  const parent = await Actor.start();
  const values: number[] = [];
  for (let time = 0; time < singles; time++) values.push(await single(host, parent));
  await host.close();
  await Actor.endAll();
  return values.sort((a, b) => a - b)[Math.floor(singles * 0.99)] ?? NaN;
}

/** Ten thousand processes a round: three rounds are enough. */
export const run: Benchmark['run'] = async ({ rounds, progress }) => {
  const crowds: Awaited<ReturnType<typeof crowd>>[] = [];
  const latencies: number[] = [];
  for (let round = 1; round <= Math.min(rounds, 3); round++) {
    progress(`round ${round}`);
    crowds.push(await crowd());
    latencies.push(await p99());
  }
  const of = (value: (one: (typeof crowds)[number]) => number) => crowds.map(value);
  return {
    'wait.10k_missing': figureOf(
      of(({ lost }) => lost),
      'count',
    ),
    'wait.10k_total_ms': figureOf(
      of(({ total }) => total),
      'ms',
    ),
    'wait.bytes_per_target': figureOf(
      of(({ slope }) => slope),
      'bytes',
    ),
    'wait.threads_added': figureOf(
      of(({ added }) => added),
      'count',
    ),
    'wait.exit_to_client_p99_ms': figureOf(latencies, 'ms'),
  };
};
