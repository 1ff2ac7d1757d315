import assert from 'node:assert/strict';
import type { NamespaceId, PidNamespace } from '../../native-host/protocol';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { withHost } from '../support/withHost';

const byId = (all: readonly PidNamespace[], id: NamespaceId): PidNamespace => {
  const found = all.filter((namespace) => namespace.id === id);
  assert.equal(found.length, 1, `namespaces with id ${id}`);
  return found[0] as PidNamespace;
};

describe('namespaces/pid', () => {
  it('has our own at depth 0', () =>
    withHost(async ({ host }) => {
      const { namespaces: all } = await host.request('namespaces/pid', null);
      const own = byId(all, procfs.namespace('self', 'pid'));
      assert.equal(own.depth, 0);
      assert.equal(own.parent, null);
      assert.ok(own.processes >= 2);
      if (process.getuid?.() === 0) {
        assert.equal(own.init?.pid, 1);
      }
      assert.equal(all.filter(({ depth }) => depth === 0).length, 1);
    }));

  it('has three nested ones, each inside the other', function () {
    return withHost(async ({ host }) => {
      const inits = await namespaces.nest(this, 3);
      await inits[1]?.fork();
      const { namespaces: all } = await host.request('namespaces/pid', null);
      let parent = procfs.namespace('self', 'pid');
      for (const [level, init] of inits.entries()) {
        const id = procfs.namespace(init.pid, 'pid');
        const found = byId(all, id);
        assert.equal(found.parent, parent);
        assert.equal(found.depth, level + 1);
        assert.equal(found.init?.pid, init.pid);
        assert.equal(found.init.kind, 'containerInit');
        assert.equal(found.processes, level === 1 ? 2 : 1, 'its own processes, not those below');
        parent = id;
      }
    });
  });

  it('keeps siblings apart', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [one] = await namespaces.nest(this, 1, parent);
      const [other] = await namespaces.nest(this, 1, parent);
      assert.ok(one && other);
      await one.fork();
      const { namespaces: all } = await host.request('namespaces/pid', null);
      assert.equal(byId(all, procfs.namespace(one.pid, 'pid')).processes, 2);
      assert.equal(byId(all, procfs.namespace(other.pid, 'pid')).processes, 1);
    });
  });

  it('forgets a namespace with its last process', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [init] = await namespaces.nest(this, 1, parent);
      assert.ok(init);
      const id = procfs.namespace(init.pid, 'pid');
      byId((await host.request('namespaces/pid', null)).namespaces, id);
      init.exit(0);
      await parent.reap(init);
      const { namespaces: all } = await host.request('namespaces/pid', null);
      assert.ok(!all.some((namespace) => namespace.id === id));
    });
  });

  it('counts what an ordinary user cannot read, and does not place it', async function () {
    await withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      const id = procfs.namespace(init.pid, 'pid');
      const { namespaces: all, unreadable } = await host.request('namespaces/pid', null);
      assert.ok(unreadable >= 2, `${unreadable} unreadable`);
      assert.ok(!all.some((namespace) => namespace.id === id));
    }, asNobody(this));
  });
});
