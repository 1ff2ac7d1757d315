// What a signal costs beyond the pipe: against a request that does nothing.
import { constants } from 'node:os';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import type { Benchmark } from './runner/benchmark';
import { figureOf, inTurn, ratioOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'signal.roundtrip_vs_echo': 1.3 };
export const names = Object.keys(aims);

const requests = 500;

/** Milliseconds of one, on average over many that follow each other. */
async function each(request: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (let index = 0; index < requests; index++) await request();
  return (performance.now() - begin) / requests;
}

export const run: Benchmark['run'] = async (options) => {
  const host = await startHost();
  const actor = await Actor.start();
  const { key } = await host.request('processes/find', { pid: actor.pid });
  const signal = constants.signals.SIGCONT; // a running process does not feel it
  const token = 'nobody' as TargetToken;
  const { ours, theirs } = await inTurn(
    options,
    () => each(() => host.request('signal/send', { key, signal })),
    () => each(() => host.request('target/release', { token })),
  );
  await host.close();
  await Actor.endAll();
  return {
    'signal.roundtrip_vs_echo': ratioOf(ours, theirs),
    'signal.roundtrip_ms': figureOf(ours, 'ms'),
    'signal.echo_ms': figureOf(theirs, 'ms'),
  };
};
