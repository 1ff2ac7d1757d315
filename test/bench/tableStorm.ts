// The live table beside 2,000 forks a second, and after 200,000 of them as fast as they go.
import { setTimeout as delay } from 'node:timers/promises';
import { Actor } from '../support/actor';
import { LiveTable } from '../support/liveTable';
import type { HostClient } from '../support/hostClient';
import { wrongRows } from '../support/wrongRows';
import type { Benchmark } from './runner/benchmark';
import { cpuMs, familyCpuMs } from './runner/cpuTime';
import { figureOf, repeat } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = {
  'storm.2000_forks_per_s.cpu_vs_stress': 0.5,
  'storm.rows_wrong_after': 0,
  'storm.client_queue_max_frames': 2,
  'hidden.cpu_ms_per_s': 0.05,
};
export const names = Object.keys(aims);

const seconds = 10;
const warmUpSeconds = 5;
const stepMs = 50;
const forks = 200_000;
const each = 2000;
const settleMs = 15_000;

/** So many forks a second for so long; they are late rather than fewer where the machine has no time for them. */
async function paced(actor: Actor, perSecond: number, forSeconds = seconds): Promise<void> {
  const begin = performance.now();
  for (let step = 0; step < (forSeconds * 1000) / stepMs; step++) {
    await actor.ask('churn', (perSecond * stepMs) / 1000);
    await delay(Math.max(0, begin + (step + 1) * stepMs - performance.now()));
  }
}

/** The native host's time over that of the storm itself, when it has compiled what it runs all the time. */
async function besideStorm(host: HostClient): Promise<number> {
  const actor = await Actor.start();
  await LiveTable.subscribe(host);
  await paced(actor, 2000, warmUpSeconds);
  const [ours, theirs] = [cpuMs(host.pid), familyCpuMs(actor.pid, 'all')];
  await paced(actor, 2000);
  const ratio = (cpuMs(host.pid) - ours) / (familyCpuMs(actor.pid, 'all') - theirs);
  await Actor.endAll();
  return ratio;
}

async function hidden(host: HostClient): Promise<number> {
  const actor = await Actor.start();
  await host.request('processes/subscribe', null);
  await host.request('processes/unsubscribe', null);
  await delay(1000); // the garbage of what was there
  const before = cpuMs(host.pid);
  await paced(actor, 100);
  const perSecond = (cpuMs(host.pid) - before) / seconds;
  await Actor.endAll();
  return perSecond;
}

/** How many deltas a client has to take in all that does not take one until the storm is over. */
async function afterStorm(host: HostClient): Promise<{ wrong: number; frames: number }> {
  const actors = [await Actor.start(), await Actor.start()];
  const table = await LiveTable.subscribe(host);
  host.isBusy = true;
  const since = host.received.length;
  const storm = async (actor: Actor): Promise<void> => {
    for (let done = 0; done < forks / actors.length; done += each) await actor.ask('churn', each);
  };
  await Promise.all(actors.map(storm));
  host.isBusy = false;
  await host.request('processes/sample', { keys: [] }); // what waited is in front of the answer
  const isDelta = ({ method }: { method?: string }) => method === 'processes/delta';
  const sent = host.received.slice(since).filter(isDelta).length;
  const wrong = await wrongRows(host, table, settleMs);
  await Actor.endAll();
  return { wrong: wrong.length, frames: sent };
}

const onHost = async <T>(use: (host: HostClient) => Promise<T>): Promise<T> => {
  const host = await startHost();
  const value = await use(host);
  await host.close();
  return value;
};

export const run: Benchmark['run'] = async ({ rounds, progress }) => {
  const options = { rounds: Math.min(rounds, 3), progress };
  const ratios = await repeat(options, () => onHost(besideStorm));
  const quiet = await repeat(options, () => onHost(hidden));
  const { wrong, frames } = await onHost(afterStorm);
  return {
    'storm.2000_forks_per_s.cpu_vs_stress': figureOf(ratios, 'times'),
    'storm.rows_wrong_after': figureOf([wrong], 'count'),
    'storm.client_queue_max_frames': figureOf([frames], 'count'),
    'hidden.cpu_ms_per_s': figureOf(quiet, 'ms'),
  };
};
