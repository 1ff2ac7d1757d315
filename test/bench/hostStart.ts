// How long a native host takes to its first reply, beside a Node that does nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Benchmark } from './runner/benchmark';
import { figureOf, inTurn, ratioOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'host.start_vs_node': 2.5 };
export const names = Object.keys(aims);

/** From spawning it to the reply to `initialize`. Its end is not measured. */
async function hostStart(): Promise<number> {
  const begin = performance.now();
  const host = await startHost();
  const elapsed = performance.now() - begin;
  await host.close();
  return elapsed;
}

/** From spawning a Node with an empty program to its end. */
async function nodeStart(): Promise<number> {
  const begin = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'pipe' }), 'exit');
  return performance.now() - begin;
}

export const run: Benchmark['run'] = async (options) => {
  const { ours, theirs } = await inTurn(options, hostStart, nodeStart);
  return {
    'host.start_vs_node': ratioOf(ours, theirs),
    'host.start_ms': figureOf(ours, 'ms'),
    'host.node_start_ms': figureOf(theirs, 'ms'),
  };
};
