// What goes on all at once, over and over: each job is one round of it.
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { TargetToken } from '../../native-host/protocol';
import { HostError } from '../support/hostClient';
import type { World } from './world';

const { SIGTERM } = constants.signals;
const crowd = 20;
/** A little more than is promised: what a crowd in a hurry comes too late for is made up for by the next ones. */
const forksPerSecond = 210;
/** The others leave the forks their share of the machine. */
const pauseMs = 20;

type Job = (world: World, round: number) => Promise<void>;

const forks: Job = ({ crowds, tally }) =>
  tally.forking(crowd, async (msSoFar) => {
    await crowds.ask('crowd', crowd);
    await crowds.ask('openGate');
    await crowds.ask('harvest');
    const dueMs = ((tally.counts.forks + crowd) / forksPerSecond) * 1000;
    await delay(Math.max(0, dueMs - msSoFar()));
  });

/** Every end is told, with its status: where a zombie alone has that, it is collected before anybody can look. */
const waits: Job = async ({ host, tally, waiting, tellsEnds }, round) => {
  const child = await waiting.fork();
  const { key } = await tally.timed(host.request('processes/find', { pid: child.pid }));
  const token = `soak ${round}` as TargetToken;
  await tally.timed(host.request('target/hold', { token, key }));
  tally.counts.waits++;
  child.exit(round % 256);
  await waiting.reap(child);
  try {
    const { status } = await host.next('target/reaped', (event) => event.token === token);
    const isTold = status.kind !== 'unknown' || tellsEnds;
    if (isTold && (status.kind !== 'exited' || status.code !== round % 256))
      tally.wrong(`exit ${round % 256} told as ${JSON.stringify(status)}`);
  } catch {
    tally.counts.lostExits++;
  }
  await delay(pauseMs);
};

/** The signal reaches it, and after its end nobody. */
const signals: Job = async ({ host, tally, signalled }) => {
  const child = await signalled.fork();
  const { key } = await tally.timed(host.request('processes/find', { pid: child.pid }));
  await tally.timed(host.request('signal/send', { key, signal: SIGTERM }));
  const status = await signalled.reap(child);
  tally.counts.signals++;
  if (status !== SIGTERM) tally.wrong(`SIGTERM ended it with ${status}`);
  try {
    await tally.timed(host.request('signal/send', { key, signal: SIGTERM }));
    tally.wrong(`${key} was signalled after its end`);
  } catch (error) {
    assert.ok(error instanceof HostError, String(error));
    if (!error.is('Gone')) tally.wrong(error.message);
  }
  await delay(pauseMs);
};

const numbers: Job = async ({ host, tally, nested: { key, pid, nsPid } }) => {
  const told = await tally.timed(host.request('translate/numbers', { key }));
  const [outer, inner] = [told.numbers[0]?.nsPid, told.numbers.at(-1)?.nsPid];
  if (outer !== pid || inner !== nsPid) tally.wrong(`${pid}, ${nsPid} is ${outer}, ${inner}`);
  await delay(pauseMs);
};

/** Opened, filtered in two ways, read anew and hidden; whoever lives is shown where the filter lets it through. */
const views: Job = async ({ tally, view, bystander, nested }, round) => {
  const { controller } = view;
  await controller.setVisible(true);
  const filters = [
    { filter: '', shown: true },
    { filter: 'actor', shown: true },
    { filter: `/^${bystander.pid}$/`, shown: true },
    { filter: 'nobody has such words', shown: false },
  ];
  for (const { filter, shown } of filters) {
    controller.choose({ filter, grouping: round % 3 === 0 ? 'pidNamespace' : 'parent' });
    if (view.shows(bystander.key) !== shown)
      tally.wrong(`${bystander.pid} is ${shown ? 'not ' : ''}shown with the filter "${filter}"`);
    tally.counts.filters++;
    await delay(200);
  }
  controller.choose({ filter: '' });
  if (!view.shows(nested.key)) tally.wrong(`${nested.pid} is not shown`);
  await tally.timed(controller.refresh());
  if (round % 2 === 0) await controller.setVisible(false);
  tally.counts.reloads++;
};

const looks: Job = async ({ host, tally, bystander }) => {
  const { key } = bystander;
  const row = await tally.timed(host.request('processes/open', { key }));
  if (row.pid !== bystander.pid) tally.wrong(`${key} opened ${row.pid}`);
  await tally.timed(host.request('processes/details', { key }));
  await tally.timed(host.request('processes/sample', { keys: [key] }));
  await delay(pauseMs);
};

export const jobs: readonly Job[] = [forks, waits, signals, numbers, views, looks];
