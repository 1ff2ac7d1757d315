// What goes on all at once, over and over: each job is one round of it.
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessKey, TargetToken } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { HostError, type HostClient } from '../support/hostClient';
import type { Tally } from './tally';

const { SIGTERM } = constants.signals;
const crowd = 20;
const forksPerSecond = 200;

export interface World {
  readonly host: HostClient;
  readonly tally: Tally;
  /** Lives throughout. */
  readonly bystander: { readonly pid: number; readonly key: ProcessKey };
  /** Makes and collects the crowds. */
  readonly crowds: Actor;
  /** Makes and collects single children, one job at a time. */
  readonly waiting: Actor;
  readonly signalled: Actor;
}

type Job = (world: World, round: number) => Promise<void>;

const forks: Job = async ({ crowds, tally }) => {
  const began = performance.now();
  await crowds.ask('crowd', crowd);
  await crowds.ask('openGate');
  await crowds.ask('harvest');
  tally.counts.forks += crowd;
  await delay(Math.max(0, (crowd / forksPerSecond) * 1000 - (performance.now() - began)));
};

/** Every end is told, with its status. */
const waits: Job = async ({ host, tally, waiting }, round) => {
  const child = await waiting.fork();
  const { key } = await tally.timed(host.request('processes/find', { pid: child.pid }));
  const token = `soak ${round}` as TargetToken;
  await tally.timed(host.request('target/hold', { token, key }));
  tally.counts.waits++;
  child.exit(round % 256);
  await waiting.reap(child);
  try {
    const { status } = await host.next('target/reaped', (event) => event.token === token);
    if (status.kind !== 'exited' || status.code !== round % 256)
      tally.wrong(`exit ${round % 256} told as ${JSON.stringify(status)}`);
  } catch {
    tally.counts.lostExits++;
  }
};

/** The signal reaches it, and after its end nobody. */
const signals: Job = async ({ host, tally, signalled }) => {
  const child = await signalled.fork();
  const { key } = await tally.timed(host.request('processes/find', { pid: child.pid }));
  await tally.timed(host.request('signal/send', { key, signal: SIGTERM }));
  const status = await signalled.reap(child);
  if (status !== SIGTERM) tally.wrong(`SIGTERM ended it with ${status}`);
  try {
    await tally.timed(host.request('signal/send', { key, signal: SIGTERM }));
    tally.wrong(`${key} was signalled after its end`);
  } catch (error) {
    assert.ok(error instanceof HostError, String(error));
    if (!error.is('Gone')) tally.wrong(error.message);
  }
};

const translations: Job = async ({ host, tally, bystander }) => {
  const { key, pid } = bystander;
  const { numbers } = await tally.timed(host.request('translate/numbers', { key }));
  if (numbers[0]?.nsPid !== pid) tally.wrong(`${pid} translated to ${numbers[0]?.nsPid}`);
};

/** Views are opened, refreshed and hidden; whoever lives is listed once. */
const views: Job = async ({ host, tally, bystander }, round) => {
  const { rows } = await tally.timed(host.request('processes/subscribe', null));
  const found = rows.filter(({ pid }) => pid === bystander.pid);
  if (found.length !== 1 || found[0]?.key !== bystander.key)
    tally.wrong(`the bystander is listed ${found.length} times`);
  await tally.timed(host.request('namespaces/subscribe', null));
  await tally.timed(host.request('processes/refresh', null));
  await delay(500);
  if (round % 2 === 0) await tally.timed(host.request('namespaces/unsubscribe', null));
  if (round % 3 === 0) await tally.timed(host.request('processes/unsubscribe', null));
  // Taken, not collected: the client must not grow either.
  host.take('processes/delta');
  host.take('namespaces/news');
  host.received.length = 0;
};

const looks: Job = async ({ host, tally, bystander }) => {
  const { key } = bystander;
  const row = await tally.timed(host.request('processes/open', { key }));
  if (row.pid !== bystander.pid) tally.wrong(`${key} opened ${row.pid}`);
  await tally.timed(host.request('processes/details', { key }));
  await tally.timed(host.request('processes/sample', { keys: [key] }));
  await delay(20);
};

export const jobs: readonly Job[] = [forks, waits, signals, translations, views, looks];
