import assert from 'node:assert/strict';
import type { ProcessKey } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { pidReuse } from '../support/pidReuse';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const keyOf = async (host: HostClient, { pid }: Actor): Promise<ProcessKey> =>
  (await host.request('processes/find', { pid })).key;

const proof = (host: HostClient, key: ProcessKey) => host.request('attach/proof', { key });

/** Who traces it, by key. */
const tracer = async (host: HostClient, key: ProcessKey) =>
  (await proof(host, key)).tracer?.row.key ?? null;

describe('attach/proof', () => {
  it('names the tracer while there is one', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const [debuggerKey, key] = [await keyOf(host, parent), await keyOf(host, child)];
      assert.equal(await tracer(host, key), null);
      await parent.ask('trace', child.pid);
      assert.equal(await tracer(host, key), debuggerKey);
      assert.equal((await proof(host, key)).tracer?.isOurs, true);
      await parent.ask('untrace', child.pid);
      assert.equal(await tracer(host, key), null);
    }));

  it('names the process of a thread that traces', () =>
    withHost(async ({ host }) => {
      const family = await children.own();
      const [target, debug] = [await family.fork(), await family.fork()];
      const [key, debuggerKey] = [await keyOf(host, target), await keyOf(host, debug)];
      await debug.ask('handover');
      await debug.ask('trace', target.pid);
      assert.equal(await tracer(host, key), debuggerKey);
      await debug.ask('untrace', target.pid);
    }));

  it('tells a tracer that the client did not start from one that it did', () =>
    withHost(async ({ host }) => {
      const family = await children.own();
      const [target, stranger] = [await family.fork(), await family.orphan()];
      const key = await keyOf(host, target);
      await stranger.ask('trace', target.pid);
      const found = (await proof(host, key)).tracer;
      assert.equal(found?.row.pid, stranger.pid);
      assert.equal(found.isOurs, false);
      await stranger.ask('untrace', target.pid);
    }));

  it("never shows a successor's tracer under the key of its predecessor", function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await pidReuse.recycle(
        this,
        parent,
        (victim) => keyOf(host, victim),
        async (impostor, key) => {
          await parent.ask('trace', impostor.pid);
          await rejectsWith('Gone', proof(host, key));
          assert.equal(await tracer(host, await keyOf(host, impostor)), await keyOf(host, parent));
          await parent.ask('untrace', impostor.pid);
        },
      );
    });
  });

  it('says of a zombie that it has exited', () =>
    withHost(async ({ host }) => {
      const { child } = await children.foreign();
      const key = await keyOf(host, child);
      assert.equal((await proof(host, key)).hasExited, false);
      child.exit(0);
      await children.becomesZombie(child.pid);
      assert.equal((await proof(host, key)).hasExited, true);
    }));
});

describe('attach/traced', () => {
  it('lists who is traced, and by whom', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const traced = async () =>
        (await host.request('attach/traced', null)).traced.find(({ row }) => row.pid === child.pid);
      assert.equal(await traced(), undefined);
      await parent.ask('trace', child.pid);
      const found = await traced();
      assert.equal(found?.row.key, await keyOf(host, child));
      assert.equal(found.tracer.row.key, await keyOf(host, parent));
      await parent.ask('untrace', child.pid);
      assert.equal(await traced(), undefined);
    }));
});
