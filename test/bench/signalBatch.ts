// A signal to a thousand processes by one request, against a C loop over the same keys.
import { execFileSync } from 'node:child_process';
import { constants } from 'node:os';
import type { ProcessKey } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import type { Benchmark } from './runner/benchmark';
import { compile } from './runner/compile';
import { figureOf, inTurn, ratioOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'signal.batch1000_vs_c': 3 };
export const names = Object.keys(aims);

const size = 1000;
const signal = constants.signals.SIGCONT; // a running process does not feel it

async function byHost(host: HostClient, keys: readonly ProcessKey[]): Promise<number> {
  const items = keys.map((key) => ({ key }));
  const begin = performance.now();
  const { results } = await host.request('signal/batch', { items, signal });
  const elapsed = performance.now() - begin;
  const failed = results.filter((one) => 'error' in one).length;
  if (failed > 0) throw new Error(`${failed} of ${size} were not sent`);
  return elapsed;
}

function byC(program: string, keys: readonly ProcessKey[]): Promise<number> {
  const text = execFileSync(program, [String(signal)], {
    input: keys.join('\n'),
    encoding: 'utf8',
  });
  const [sent, elapsed] = text.split(' ').map(Number);
  if (sent !== size || elapsed === undefined) throw new Error(`C sent ${sent} of ${size}`);
  return Promise.resolve(elapsed);
}

export const run: Benchmark['run'] = async (options) => {
  const host = await startHost();
  const parent = await Actor.start();
  const pids = new Set((await parent.ask('crowd', size)).map(Number));
  const { rows } = await host.request('processes/list', null);
  const keys = rows.filter(({ pid }) => pids.has(pid)).map(({ key }) => key);
  const program = compile('signalBatch');
  const { ours, theirs } = await inTurn(
    options,
    () => byHost(host, keys),
    () => byC(program, keys),
  );
  await host.close();
  await Actor.endAll();
  return {
    'signal.batch1000_vs_c': ratioOf(ours, theirs),
    'signal.batch1000_ms': figureOf(ours, 'ms'),
    'signal.c_1000_ms': figureOf(theirs, 'ms'),
  };
};
