// How soon the client's table shows an exec and an exit: told by the kernel, and scanned.
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { LiveTable } from '../support/liveTable';
import type { HostClient } from '../support/hostClient';
import type { Benchmark } from './runner/benchmark';
import { figureOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = {
  'events.exec_to_client_p50_ms': 3,
  'events.exec_to_client_p99_ms': 20,
  'events.exit_to_client_p99_ms': 20,
};
export const names = [
  ...Object.keys(aims),
  'events.scanned_exec_to_client_p50_ms',
  'events.scanned_exec_to_client_p99_ms',
  'events.scanned_exit_to_client_p99_ms',
];

const times = 300;
/** Each waits for a scan. */
const scannedTimes = 12;
const limitMs = 10_000;

interface Delays {
  readonly exec: number[];
  readonly exit: number[];
}

/** Whatever comes is applied, as a client would, until that is so. */
async function until(host: HostClient, table: LiveTable, isSo: () => boolean): Promise<void> {
  table.applyAll();
  while (!isSo()) table.apply(await host.next('processes/delta', () => true, limitMs));
}

async function one(host: HostClient, table: LiveTable, parent: Actor, delays: Delays) {
  const child = await parent.fork();
  await until(host, table, () => table.find(child.pid).length === 1);
  const { key } = table.row(child.pid);
  const ordered = performance.now();
  const executed = child.exec(buildFixtures().twin, 'twin');
  await until(host, table, () => table.rows.get(key)?.comm === 'twin');
  delays.exec.push(performance.now() - ordered);
  await executed;
  const ended = performance.now();
  child.exit(0);
  await until(host, table, () => (table.rows.get(key)?.state ?? 'Z') === 'Z');
  delays.exit.push(performance.now() - ended);
  await parent.reap(child);
}

async function measure(count: number, words: readonly string[]): Promise<Delays> {
  const host = await startHost(words);
  const table = await LiveTable.subscribe(host);
  const parent = await Actor.start();
  const delays: Delays = { exec: [], exit: [] };
  for (let time = 0; time < count; time++) await one(host, table, parent, delays);
  await host.close();
  await Actor.endAll();
  return delays;
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;

/** Each round has hundreds of its own. */
export const run: Benchmark['run'] = async ({ progress }) => {
  progress('told');
  const told = await measure(times, []);
  progress('scanned');
  const scanned = await measure(scannedTimes, ['--without=procConnector']);
  const at = (values: readonly number[], share: number) =>
    figureOf([quantile(values, share)], 'ms');
  return {
    'events.exec_to_client_p50_ms': at(told.exec, 0.5),
    'events.exec_to_client_p99_ms': at(told.exec, 0.99),
    'events.exit_to_client_p99_ms': at(told.exit, 0.99),
    'events.scanned_exec_to_client_p50_ms': at(scanned.exec, 0.5),
    'events.scanned_exec_to_client_p99_ms': at(scanned.exec, 0.99),
    'events.scanned_exit_to_client_p99_ms': at(scanned.exit, 0.99),
  };
};
