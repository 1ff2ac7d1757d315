// What a row of the live table takes of the native host's memory.
import { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import type { Benchmark } from './runner/benchmark';
import { memoryOf, startCollectingHost } from './runner/collectingHost';
import { figureOf, repeat } from './runner/measure';

export const aims = { 'table.bytes_per_row': 1500 };
export const names = Object.keys(aims);

const few = 5000;
/** With all else that runs it stays below 20,000. */
const many = 18_000;
const mostRounds = 3;

async function addRows(host: HostClient, parent: Actor, count: number): Promise<void> {
  await parent.ask('crowd', count);
  await host.request('processes/refresh', null);
}

/** Bytes a row: the difference between many of them and few, so that what the table takes itself does not count. */
async function slope(): Promise<number> {
  const host = await startCollectingHost();
  await host.request('processes/subscribe', null);
  await addRows(host, await Actor.start(), few);
  const small = await memoryOf(host);
  await addRows(host, await Actor.start(), many - few);
  const large = await memoryOf(host);
  await host.close();
  await Actor.endAll();
  return (large - small) / (many - few);
}

export const run: Benchmark['run'] = async (options) => {
  const rounds = Math.min(options.rounds, mostRounds);
  const slopes = await repeat({ ...options, rounds }, slope);
  return { 'table.bytes_per_row': figureOf(slopes, 'bytes') };
};
