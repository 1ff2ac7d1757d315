import assert from 'node:assert/strict';
import { constants } from 'node:os';
import path from 'node:path';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { patience } from '../support/patience';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGTERM, SIGKILL, SIGUSR2 } = constants.signals;
/** Time enough to set the clock in. */
const waitMs = 1500 * patience;
const day = 24 * 60 * 60 * 1000;
const words = [
  'env',
  `NODE_OPTIONS=--require ${path.join(__dirname, '../support/steppingClock.js')}`,
];

/** The wall clock of the host, by what it says of an end. */
async function skewOf(host: HostClient): Promise<number> {
  const child = await children.own();
  const { key } = await host.request('processes/find', { pid: child.pid });
  const token = `clock ${child.pid}` as TargetToken;
  await host.request('target/hold', { token, key });
  child.exit(0);
  return (await host.next('target/reaped', (event) => event.token === token)).at - Date.now();
}

async function setClock(host: HostClient, offset: number): Promise<void> {
  const { key } = await host.request('processes/find', { pid: host.pid });
  await host.request('signal/send', { key, signal: SIGUSR2 });
  const skew = await skewOf(host);
  assert.ok(Math.abs(skew - offset) < 60_000, `the clock is ${skew} ms off`);
}

/** A stop, under way, of one that ends by SIGKILL alone. */
async function stopTheDeaf(host: HostClient) {
  const root = await Actor.start();
  await root.ask('ignore', SIGTERM);
  const steps = [
    { signal: SIGTERM, waitMs },
    { signal: SIGKILL, waitMs: 3000 },
  ];
  const stopped = trees.stop(host, root, steps);
  await host.next('tree/progress', ({ phase }) => phase === 'waiting');
  return { stopped };
}

describe('a wall clock that is set', () => {
  for (const [direction, steps] of [
    ['forward', [day]],
    ['back', [day, -day]],
  ] as const) {
    it(`${direction} under way neither cuts a tree stop short nor draws it out`, () =>
      withHost(async ({ host }) => {
        const { stopped } = await stopTheDeaf(host);
        for (const offset of steps) await setClock(host, offset);
        const { members } = await stopped;
        assert.deepEqual(
          members.map(({ outcome }) => outcome),
          ['killed'],
        );
        const ms = members[0]?.endedAfterMs ?? NaN;
        assert.ok(ms >= waitMs && ms < 10_000 * patience, `ended after ${ms} ms`);
      }, words));
  }

  it('leaves the table live and its rows as they were', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      const { rows } = await host.request('processes/subscribe', null);
      const before = rows.find(({ pid }) => pid === actor.pid);
      await setClock(host, day);
      const born = await actor.fork();
      const { added } = await host.next('processes/delta', (delta) =>
        delta.added.some(({ pid }) => pid === born.pid),
      );
      assert.ok(added.length > 0);
      const after = await host.request('processes/find', { pid: actor.pid });
      assert.deepEqual({ ...after, parentKey: null }, { ...before, parentKey: null });
      await host.request('processes/unsubscribe', null);
    }, words));
});
