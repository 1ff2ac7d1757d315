import assert from 'node:assert/strict';
import { constants } from 'node:os';
import {
  type Notifications,
  type ProcessRow,
  protocolVersion,
  type TargetToken,
} from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { HostClient, HostError } from '../support/hostClient';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { waitStatus } from '../support/waitStatus';
import { withHost } from '../support/withHost';

/** Each target's token is the number of its process. */
const token = (pid: number): TargetToken => String(pid) as TargetToken;

async function crowd(count: number): Promise<{ parent: Actor; pids: number[] }> {
  const parent = await children.own();
  return { parent, pids: (await parent.ask('crowd', count)).map(Number) };
}

/** Raw wait statuses by number, from the parent. */
async function endAll(parent: Actor): Promise<Map<number, number>> {
  await parent.ask('openGate');
  const words = (await parent.ask('harvest')).map(Number);
  return new Map(
    words.flatMap((pid, index) => (index % 2 ? [] : [[pid, words[index + 1] ?? NaN] as const])),
  );
}

async function holdAll(host: HostClient, pids: readonly number[]): Promise<ProcessRow[]> {
  const { rows } = await host.request('processes/list', null);
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  return Promise.all(
    pids.map(async (pid) => {
      const key = byPid.get(pid)?.key;
      assert.ok(key, `${pid} is listed`);
      return (await host.request('target/hold', { token: token(pid), key })).row;
    }),
  );
}

async function allReaped(
  host: HostClient,
  count: number,
): Promise<Notifications['target/reaped'][]> {
  await eventually(`${count} reaped`, () => host.untaken('target/reaped').length >= count, 10_000);
  return host.untaken('target/reaped');
}

const cpuTicks = (host: HostClient): number => procfs.stat(host.pid)?.cpuTicks ?? NaN;

/** For 300 ms. What was just told costs something still; a busy loop never rests. */
async function isAtRest(host: HostClient): Promise<boolean> {
  const [ticks, from] = [cpuTicks(host), performance.now()];
  await eventually('300 ms have passed', () => performance.now() - from > 300);
  return cpuTicks(host) - ticks <= 15;
}

/** A full house can still be listed, looked at and signalled. */
async function assertStillOfUse(host: HostClient, some: readonly ProcessRow[]): Promise<void> {
  const [first, last] = [some[0], some.at(-1)];
  assert.ok(first && last);
  const { rows } = await host.request('processes/list', null);
  for (const { key, args } of some) {
    assert.deepEqual(rows.find((row) => row.key === key)?.args, args);
  }
  await host.request('processes/details', { key: first.key });
  const { key } = last;
  const { outcome } = await host.request('signal/send', { key, signal: constants.signals.SIGCONT });
  assert.equal(outcome, 'sent');
}

describe('many targets', function () {
  this.timeout(15_000 * patience);

  it('1,000 that end at once: none is missing, each status is exact', () =>
    withHost(async ({ host, initialized, assertNoFdLeak }) => {
      const { parent, pids } = await crowd(1000);
      const rows = await holdAll(host, pids);
      assert.deepEqual(
        rows.map(({ pid }) => pid),
        pids,
      );
      await assertNoFdLeak(1000);
      const raw = await endAll(parent);
      const reaped = await allReaped(host, 1000);
      assert.deepEqual(reaped.map((event) => Number(event.token)).sort(), [...pids].sort());
      for (const event of reaped) {
        waitStatus.equal(initialized, event.status, raw.get(Number(event.token)) ?? NaN);
      }
      await assertNoFdLeak();
    }));

  it('keeps answering while 1,000 zombies wait for their parent, without a busy loop', () =>
    withHost(async ({ host }) => {
      const { parent, pids } = await crowd(1000);
      await holdAll(host, pids);
      await parent.ask('openGate');
      await eventually('1,000 exited', () => host.untaken('target/exited').length === 1000, 10_000);
      await eventually('it comes to rest', () => isAtRest(host), 10_000);
      await parent.ask('harvest');
      await allReaped(host, 1000);
    }));

  it('at the limit of open files says so, and loses nothing that it holds', () =>
    withHost(
      async ({ host, initialized }) => {
        const { parent, pids } = await crowd(80);
        const rows = await Promise.all(pids.map((pid) => host.request('processes/find', { pid })));
        const held: number[] = [];
        let failure: unknown;
        for (const { pid, key } of rows) {
          try {
            await host.request('target/hold', { token: token(pid), key });
            held.push(pid);
          } catch (error) {
            failure = error;
            break;
          }
        }
        assert.ok(failure instanceof HostError && failure.is('Exhausted'), String(failure));
        assert.equal(failure.data?.limit, 64);
        assert.equal(initialized.maxOpenFiles, 64);
        assert.ok(held.length >= 10, `held ${held.length}`);
        await assertStillOfUse(host, rows);
        const raw = await endAll(parent);
        for (const event of await allReaped(host, held.length)) {
          waitStatus.equal(initialized, event.status, raw.get(Number(event.token)) ?? NaN);
        }
        assert.equal(host.untaken('target/reaped').length, held.length);
      },
      ['prlimit', '--nofile=64:64'],
    ));
});

describe('few descriptors', () => {
  it('are enough to list many processes', () =>
    withHost(
      async ({ host }) => {
        const { pids } = await crowd(1100); // from a thousand on a second thread helps
        const { rows } = await host.request('processes/list', null);
        const { actor } = buildFixtures();
        for (const pid of pids) {
          assert.deepEqual(rows.find((row) => row.pid === pid)?.args, [actor]);
        }
      },
      ['prlimit', '--nofile=100:100'],
    ));
});

/** Half a second, and longer only where an emulated processor takes longer for everything. */
const limitMs = 250 * patience;

describe('the end of the host', function () {
  this.timeout(15_000 * patience);

  async function holding(count: number): Promise<{ host: HostClient; pids: number[] }> {
    const host = new HostClient();
    await host.request('initialize', { protocolVersion });
    await host.request('processes/subscribe', null);
    const { pids } = await crowd(count);
    await holdAll(host, pids);
    return { host, pids };
  }

  it('comes within 500 ms of EOF, with 1,000 waits pending', async () => {
    const { host, pids } = await holding(1000);
    const from = performance.now();
    const exit = await host.close();
    const took = performance.now() - from;
    assert.deepEqual(exit, { code: 0, signal: null }, host.stderr);
    assert.ok(took < limitMs, `${Math.round(took)} ms`);
    for (const pid of pids) await children.fallsAsleep(pid);
  });

  it('comes within 500 ms of EOF in the midst of a scan', async () => {
    const host = new HostClient();
    await host.request('initialize', { protocolVersion });
    await crowd(1000);
    const lists = Array.from({ length: 20 }, () => host.request('processes/list', null));
    const settled = Promise.allSettled(lists);
    await lists[0];
    const from = performance.now();
    const exit = await host.close();
    const took = performance.now() - from;
    assert.deepEqual(exit, { code: 0, signal: null }, host.stderr);
    assert.ok(took < limitMs, `${Math.round(took)} ms`);
    await settled;
  });

  it('by EOF before the first request is clean', async () => {
    const host = new HostClient();
    assert.deepEqual(await host.close(), { code: 0, signal: null }, host.stderr);
  });

  it('by SIGKILL leaves nothing behind and touches nothing', async () => {
    const { host, pids } = await holding(20);
    const helpers = procfs.children(host.pid);
    host.kill();
    assert.equal((await host.exited).signal, 'SIGKILL');
    await eventually('its helpers have ended', () =>
      helpers.every((pid) => procfs.stat(pid) === null),
    );
    for (const pid of pids) await children.fallsAsleep(pid);
  });
});
