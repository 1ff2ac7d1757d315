import assert from 'node:assert/strict';
import { Users } from '../../native-host/procfs/users';
import { namespaceTypes, type NamespaceNews, type NamespaceType } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { InventoryView } from '../support/inventoryView';
import { LiveTable } from '../support/liveTable';
import { namespaces } from '../support/namespaces';
import { pidReuse } from '../support/pidReuse';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

/** linux/sched.h; CLONE_NEWTIME and CLONE_NEWPID are for children alone, and so move nobody. */
const flags = {
  cgroup: 0x02000000,
  ipc: 0x08000000,
  mnt: 0x00020000,
  net: 0x40000000,
  uts: 0x04000000,
} as const;
type Unshared = keyof typeof flags;
const unshared = Object.keys(flags) as Unshared[];

function onlyRoot(context: Mocha.Context): void {
  if (process.getuid?.() !== 0) skipBecause(context, 'only root may unshare single namespaces');
}

async function unshare(actor: Actor, type: Unshared): Promise<string> {
  await actor.ask('unshare', flags[type]);
  return procfs.namespace(actor.pid, type);
}

/** Compares with the links themselves. */
function assertPlaced(view: InventoryView, pid: number): void {
  const set = view.setOf(pid);
  for (const type of namespaceTypes) {
    assert.equal(set?.[type], procfs.namespace(pid, type), `${type} of ${pid}`);
  }
}

const placedIn = (view: InventoryView, pid: number, type: NamespaceType, id: string) =>
  view.until(`${pid} is in ${type} ${id}`, () => view.setOf(pid)?.[type] === id);

describe('namespaces/subscribe', () => {
  it('presumes at first, then reads everybody', () =>
    withHost(async ({ host }) => {
      const family = await children.foreign();
      const view = await InventoryView.subscribe(host);
      assert.ok(view.first.members.some(({ provisional }) => provisional));
      assert.equal(view.member(family.child.pid)?.provisional, true);
      assertPlaced(view, family.child.pid); // it happens to be true
      await view.allRead();
      for (const pid of [process.pid, host.pid, family.parent.pid, family.child.pid]) {
        assertPlaced(view, pid);
      }
    }));

  it('tells each namespace with its owner, its parent and its first process', function () {
    return withHost(async ({ host }) => {
      const [outer, inner] = await namespaces.nest(this, 2);
      assert.ok(outer && inner);
      const within = await inner.fork();
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      assertPlaced(view, within.pid);
      const ids = [outer, inner].map(({ pid }) => procfs.namespace(pid, 'pid'));
      const [outerSpace, innerSpace] = ids.map((id) => view.namespace('pid', id));
      assert.ok(outerSpace && innerSpace);
      assert.equal(outerSpace.parent, procfs.namespace('self', 'pid'));
      assert.equal(innerSpace.parent, ids[0]);
      assert.equal(outerSpace.first, view.member(outer.pid)?.key);
      assert.equal(innerSpace.first, view.member(inner.pid)?.key);
      assert.equal(innerSpace.isOurs, false);
      assert.equal(view.member(within.pid)?.nsPid, within.nsPid);
      assert.equal(view.member(inner.pid)?.nsPid, 1);
      assert.equal(view.member(process.pid)?.nsPid, null);
      const uts = view.namespace('uts', procfs.namespace(inner.pid, 'uts'));
      assert.equal(uts?.parent, null);
      assert.equal(uts.owner, procfs.namespace(inner.pid, 'user'));
      const own = view.namespace('user', procfs.namespace('self', 'user'));
      assert.equal(own?.isOurs, true);
      assert.equal(typeof own.ownerUid, 'number');
      const users = new Users();
      users.refresh();
      assert.equal(own.ownerUser, users.name(own.ownerUid));
      assert.equal(uts.ownerUser, null);
    });
  });

  it('places whoever enters a namespace later, and forgets namespaces that nobody is in', function () {
    onlyRoot(this);
    return withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      const id = await unshare(child, 'ipc');
      await placedIn(view, child.pid, 'ipc', id);
      const space = view.namespace('ipc', id);
      assert.equal(space?.first, view.member(child.pid)?.key);
      assert.equal(space?.owner, procfs.namespace('self', 'user'));
      child.exit(0);
      await parent.reap(child);
      await view.until('its namespace is gone', () => !view.namespace('ipc', id));
      assert.equal(view.member(child.pid), undefined);
    });
  });

  it('presumes a new process to be where its parent is, and reads it', function () {
    onlyRoot(this);
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const id = await unshare(parent, 'uts');
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      const child = await parent.fork();
      await view.until('the child', () => view.member(child.pid) !== undefined);
      assert.equal(view.setOf(child.pid)?.uts, id);
      await view.allRead();
      assertPlaced(view, child.pid);
    });
  });

  it('misplaces nobody when namespaces are unshared one at a time, at random', function () {
    onlyRoot(this);
    return withHost(async ({ host }) => {
      const first = await children.own();
      const actors = [first, await first.fork(), await first.fork(), await first.fork()];
      const view = await InventoryView.subscribe(host);
      for (let turn = 0; turn < 24; turn++) {
        const actor = actors[Math.floor(Math.random() * actors.length)] as Actor;
        const type = unshared[Math.floor(Math.random() * unshared.length)] as Unshared;
        const id = await unshare(actor, type);
        if (turn % 8 === 7) await placedIn(view, actor.pid, type, id);
      }
      await view.until('all are where they are', () =>
        actors.every(({ pid }) =>
          namespaceTypes.every((type) => view.setOf(pid)?.[type] === procfs.namespace(pid, type)),
        ),
      );
      const known = new Set([...view.members.values()].map(({ set }) => set));
      const inhabited = [...known].flatMap((set) => (set === null ? [] : [view.sets[set]]));
      const ourSet = 0;
      const forgotten = view.sets
        .map((_, at) => at)
        .filter((at) => at !== ourSet && !known.has(at));
      assert.deepEqual(
        [...view.goneSets].sort((a, b) => a - b),
        forgotten,
      );
      for (const [key, { type, id, first: oldest }] of view.namespaces) {
        const isInhabited = inhabited.some((set) => set?.[type] === id);
        assert.ok(isInhabited || oldest === null, `${key} has nobody, and a first process`);
      }
    });
  });

  it('never lends the namespaces of a recycled number to its predecessor', function () {
    onlyRoot(this);
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const view = await InventoryView.subscribe(host);
      for (let turn = 0; turn < 4; turn++) {
        await pidReuse.recycle(
          this,
          parent,
          async (victim) => {
            const key = await view.until('the victim', () => view.member(victim.pid)?.key);
            await view.allRead();
            process.kill(host.pid, 'SIGSTOP'); // our own child: it sees nothing of what follows
            return key;
          },
          async (impostor, key) => {
            const id = await unshare(impostor, 'uts');
            process.kill(host.pid, 'SIGCONT');
            await view.until('the impostor', () => view.setOf(impostor.pid)?.uts === id);
            const lent = (news: NamespaceNews) =>
              news.members.some(
                ({ key: one, set }) => one === key && set !== null && view.sets[set]?.uts === id,
              );
            assert.equal(view.news.some(lent), false, `turn ${turn}: ${key}`);
            assert.equal(view.members.has(key), false);
          },
        );
      }
    });
  });

  it('keeps where a zombie was', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      const set = view.member(child.pid)?.set;
      child.exit(0);
      await children.becomesZombie(child.pid);
      await host.request('processes/subscribe', null);
      await host.request('processes/refresh', null);
      await view.allRead();
      assert.equal(view.member(child.pid)?.set, set);
      await parent.reap(child);
      await view.until('it is gone', () => view.member(child.pid) === undefined);
    }));

  it('shares the scans of the table, and goes on without it', () =>
    withHost(async ({ host }) => {
      const table = await LiveTable.subscribe(host);
      const view = await InventoryView.subscribe(host);
      const known = new Set(table.rows.keys());
      const gone = new Set(table.applyAll().flatMap(({ removed }) => removed)); // meanwhile
      for (const key of view.members.keys()) assert.ok(known.has(key) || table.rows.has(key));
      for (const key of known) assert.ok(view.members.has(key) || gone.has(key));
      await host.request('processes/unsubscribe', null);
      const child = await (await children.own()).fork();
      await view.until('a process that came later', () => view.member(child.pid) !== undefined);
    }));

  it('is silent after unsubscribe, and the table rests with it', () =>
    withHost(async ({ host }) => {
      await (await InventoryView.subscribe(host)).allRead();
      assert.equal(await host.request('namespaces/unsubscribe', null), null);
      assert.equal(await host.request('namespaces/unsubscribe', null), null);
      const before = host.received.length;
      await (await children.own()).fork();
      await host.request('processes/refresh', null); // would tell whoever is subscribed
      assert.equal(host.received.length, before + 1);
    }));

  it('says what an ordinary user cannot read', async function () {
    await withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      const child = await init.fork();
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      const member = view.member(child.pid);
      assert.equal(member?.set, null);
      assert.equal(member.nsPid, child.nsPid); // readable all the same
      const outside = view.setOf(process.pid);
      assert.equal(
        outside?.pid,
        procfs.namespace('self', 'pid'),
        'one number proves the namespace',
      );
      assert.equal(outside.mnt, null);
      assertPlaced(view, host.pid);
    }, asNobody(this));
  });
});
