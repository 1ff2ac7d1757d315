// Stopping a tree of a thousand, against a C program that makes the same system calls.
import { execFile } from 'node:child_process';
import { constants } from 'node:os';
import { promisify } from 'node:util';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import type { Benchmark } from './runner/benchmark';
import { compile } from './runner/compile';
import { figureOf, inTurn, ratioOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'stop_tree.1000_vs_c': 4 };
export const names = Object.keys(aims);

const execute = promisify(execFile);
/** Ten children each, three levels deep, and their root. */
const size = 1111;

async function withTree(stop: (root: Actor) => Promise<number>): Promise<number> {
  const top = await Actor.start();
  const root = await top.fork();
  await root.ask('grow', 10, 3);
  try {
    return await stop(root);
  } finally {
    await Actor.endAll();
  }
}

async function byHost(host: HostClient, { pid }: Actor): Promise<number> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('tree/preview', { key }); // what the question shows, before every stop of a person
  const steps = [{ signal: constants.signals.SIGTERM, waitMs: 10_000 }];
  const begin = performance.now();
  const { members } = await host.request('tree/stop', { token: 'tree' as TargetToken, key, steps });
  const elapsed = performance.now() - begin;
  const ended = members.filter(({ outcome }) => outcome === 'ended').length;
  if (ended !== size) throw new Error(`${ended} of ${size} ended`);
  return elapsed;
}

async function byC(program: string, { pid }: Actor): Promise<number> {
  const { stdout } = await execute(program, [String(pid)]);
  const [count, elapsed] = stdout.split(' ').map(Number);
  if (count !== size || elapsed === undefined) throw new Error(`C stopped ${count} of ${size}`);
  return elapsed;
}

export const run: Benchmark['run'] = async (options) => {
  const program = compile('stopTree');
  const host = await startHost();
  const { ours, theirs } = await inTurn(
    options,
    () => withTree((root) => byHost(host, root)),
    () => withTree((root) => byC(program, root)),
  );
  await host.close();
  return {
    'stop_tree.1000_vs_c': ratioOf(ours, theirs),
    'stop_tree.1000_ms': figureOf(ours, 'ms'),
    'stop_tree.c_1000_ms': figureOf(theirs, 'ms'),
  };
};
