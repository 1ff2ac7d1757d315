// Stopping programs that fork as fast as they can, twenty times: with the news of forks, and as an ordinary user without.
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { trees } from '../support/trees';
import type { Benchmark, Figure, RunOptions } from './runner/benchmark';
import { figureOf } from './runner/measure';
import { PidsCgroup } from './runner/pidsCgroup';
import { startHost } from './runner/startHost';

const runs = 20;

export const aims = {
  'stop_tree.storms_stopped': runs,
  'stop_tree.storms_no_connector': runs,
  'stop_tree.storm_processes_left': 0,
};
export const names = Object.keys(aims);

const most = 300;
/** Nobody's number; beyond what the cgroup lets through, so that a storm which is outside by mistake is capped as well. */
const user = { uid: 61234, most: 2 * most };
const settleMs = 2000;
const limitMs = 60_000;

/** What one storm came to. */
interface Storm {
  readonly left: number;
  readonly elapsed: number;
}

/** Of the storm, of which `root` is the first: `most` of them, or nearly. */
async function storm(root: Actor, cgroup: PidsCgroup | null, pids: () => number[]): Promise<void> {
  cgroup?.add(root.pid);
  await root.ask('storm', user.uid, cgroup ? user.most : most);
  await eventually('it storms', () => pids().length > most * 0.9, limitMs);
}

/** As `trees.stop` does it; a storm leaves little of the processors to the native host. */
async function stopTree(host: HostClient, { pid }: Actor): Promise<void> {
  const { key } = await host.request('processes/find', { pid }, limitMs);
  const { token, gracefully: steps } = trees;
  await host.request('tree/stop', { token, key, steps }, limitMs);
}

/** What has ended may take a moment to leave the list; what has not would fill it again in that time. */
async function countLeft(pids: () => number[]): Promise<number> {
  await eventually('none is left', () => pids().length === 0, settleMs).catch(() => undefined);
  return pids().length;
}

async function stopOne(host: HostClient, cgroup: PidsCgroup | null): Promise<Storm> {
  const top = await Actor.start();
  const pids = cgroup ? () => cgroup.pids() : () => trees.running(top);
  try {
    const root = await top.fork();
    await storm(root, cgroup, pids);
    const begin = performance.now();
    await stopTree(host, root);
    const elapsed = performance.now() - begin;
    return { left: await countLeft(pids), elapsed };
  } finally {
    await Actor.endAll(); // a storm ends with its control socket
  }
}

async function stopAll(
  { progress }: RunOptions,
  cgroup: PidsCgroup | null,
  words: readonly string[],
): Promise<Storm[]> {
  const host = await startHost(words);
  const storms: Storm[] = [];
  for (let run = 1; run <= runs; run++) {
    const { left, elapsed } = await stopOne(host, cgroup);
    progress(`storm ${run} of ${runs} ${words.join(' ')}: ${left} left, ${Math.round(elapsed)} ms`);
    storms.push({ left, elapsed });
  }
  await host.close();
  return storms;
}

const stopped = (storms: readonly Storm[]): Figure =>
  figureOf([storms.filter(({ left }) => left === 0).length], 'runs');

async function measure(options: RunOptions, cgroup: PidsCgroup | null) {
  const informed = await stopAll(options, cgroup, []);
  const alone = await stopAll(options, cgroup, ['--without=procConnector']);
  const both = [...informed, ...alone];
  const left = both.reduce((sum, storm) => sum + storm.left, 0);
  return {
    'stop_tree.storms_stopped': stopped(informed),
    'stop_tree.storms_no_connector': stopped(alone),
    'stop_tree.storm_processes_left': figureOf([left], 'count'),
    'stop_tree.storm_ms': figureOf(
      both.map(({ elapsed }) => elapsed),
      'ms',
    ),
  };
}

export const run: Benchmark['run'] = async (options) => {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) options.progress('only root can cap a storm: not measured');
  if (!isRoot) return {};
  const cgroup = PidsCgroup.make(most);
  const cap = cgroup ? 'a pids cgroup' : 'RLIMIT_NPROC of their user, for want of a pids cgroup';
  options.progress(`storms are capped to ${most} processes by ${cap}`);
  try {
    return await measure(options, cgroup);
  } finally {
    await cgroup?.remove();
  }
};
