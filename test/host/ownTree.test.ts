import assert from 'node:assert/strict';
import type { OwnTreeRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { namespaces } from '../support/namespaces';
import { rejectsWith } from '../support/rejectsWith';
import { requireCapability } from '../support/requireCapability';
import { skipBecause } from '../support/results';
import { translations } from '../support/translations';
import { withHost } from '../support/withHost';

const { of } = translations;

describe('namespaces/ownTree', () => {
  /** Rows by their numbers there. */
  async function ownTree(
    context: Mocha.Context,
    host: HostClient,
    init: Actor,
  ): Promise<ReadonlyMap<number, OwnTreeRow>> {
    const initialized = await host.request('initialize', { protocolVersion: 1 });
    requireCapability(context, initialized, 'privateProcfs');
    const { namespace, rows } = await host.request('namespaces/ownTree', { namespace: of(init) });
    assert.equal(namespace, translations.idOf(init));
    return new Map(rows.map((row) => [row.nsPid, row]));
  }

  it('is what the init of that namespace sees, bound to the processes that we know', function () {
    return withHost(async ({ host }) => {
      const [a, b] = (await namespaces.nest(this, 2)) as [Actor, Actor];
      const child = await a.fork();
      const inner = await b.fork();
      await inner.ask('comm', '(in) ner');
      const rows = await ownTree(this, host, a);
      assert.equal(rows.size, 4, 'a, its child, and those of the namespace below');
      for (const [nsPid, actor] of [[1, a] as const, [child.nsPid, child] as const]) {
        const row = rows.get(nsPid);
        const { key, args } = await host.request('processes/find', { pid: actor.pid });
        assert.deepEqual([row?.pid, row?.key, row?.args], [actor.pid, key, args]);
      }
      assert.equal(rows.get(1)?.parentNsPid, 0);
      assert.equal(rows.get(child.nsPid)?.parentNsPid, 1);
      const innermost = [...rows.values()].find(({ pid }) => pid === inner.pid);
      assert.equal(innermost?.comm, '(in) ner');
      assert.equal(rows.get(innermost.parentNsPid)?.pid, b.pid);
    });
  });

  it('has who was put in by setns without a parent', function () {
    return withHost(async ({ host }) => {
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      if (process.getuid?.() !== 0) skipBecause(this, 'only root may enter a PID namespace');
      const stranger = await children.own();
      const entered = await stranger.enter(`/proc/${init.pid}/ns/pid`);
      const rows = [...(await ownTree(this, host, init)).values()];
      assert.deepEqual(
        rows.map(({ pid, parentNsPid }) => [pid, parentNsPid]),
        [
          [init.pid, 0],
          [entered.pid, 0],
        ],
      );
    });
  });

  it('has nobody outside of it, and nobody who left', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [one] = (await namespaces.nest(this, 1, parent)) as [Actor];
      const [other] = (await namespaces.nest(this, 1, parent)) as [Actor];
      const child = await one.fork();
      await other.fork();
      const seen = async () => [...(await ownTree(this, host, one)).values()].map(({ pid }) => pid);
      assert.deepEqual(await seen(), [one.pid, child.pid]);
      child.exit(0);
      await one.reap(child);
      assert.deepEqual(await seen(), [one.pid]);
    });
  });

  it('is denied to an ordinary user', async function () {
    await withHost(async ({ host }) => {
      await rejectsWith(
        'Denied',
        host.request('namespaces/ownTree', { namespace: { kind: 'ours' } }),
      );
    }, asNobody(this));
  });

  it('is gone with the namespace', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [init] = (await namespaces.nest(this, 1, parent)) as [Actor];
      const namespace = of(init);
      init.exit(0);
      await parent.reap(init);
      await rejectsWith('Gone', host.request('namespaces/ownTree', { namespace }));
    });
  });
});
