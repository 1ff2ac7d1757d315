import assert from 'node:assert/strict';
import type { ProcessRow, TableDelta } from '../../native-host/protocol';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { pidReuse } from '../support/pidReuse';
import { procfs } from '../support/procfs';
import { withHost } from '../support/withHost';

function only(rows: readonly ProcessRow[], pid: number): ProcessRow {
  const found = rows.filter((row) => row.pid === pid);
  assert.equal(found.length, 1, `rows with pid ${pid}`);
  return found[0] as ProcessRow;
}

async function subscribe(host: HostClient): Promise<readonly ProcessRow[]> {
  const { rows, mode } = await host.request('processes/subscribe', null);
  assert.equal(mode.kind, 'scan');
  assert.ok(mode.intervalMs > 0);
  return rows;
}

const delta = (host: HostClient, matches: (delta: TableDelta) => boolean): Promise<TableDelta> =>
  host.next('processes/delta', matches);

describe('processes/list', () => {
  it('shows a child as the kernel does', () =>
    withHost(async ({ host }) => {
      const since = Date.now();
      const child = await children.own();
      await children.fallsAsleep(child.pid);
      const { rows } = await host.request('processes/list', null);
      const row = only(rows, child.pid);
      const { actor } = buildFixtures();
      assert.equal(row.comm, 'actor');
      assert.deepEqual(row.args, [actor]);
      assert.equal(row.argsCut, false);
      assert.equal(row.exe, actor);
      assert.equal(row.kind, 'native');
      assert.equal(row.state, 'S');
      assert.equal(row.uid, process.getuid?.());
      assert.equal(row.ppid, process.pid);
      assert.equal(row.parentKey, only(rows, process.pid).key);
      const off = Number(row.startedAt) - since;
      assert.ok(Math.abs(off) < 1000, `${off} ms off`);
    }));

  it('names a process by its pidfs inode', () =>
    withHost(async ({ host, initialized }) => {
      const child = await children.own();
      const { rows } = await host.request('processes/list', null);
      const byInode = initialized.tier === 'handle' || initialized.tier === 'inode';
      const expected = byInode
        ? `${child.pid}:${await child.askNumber('inode', child.pid)}`
        : `${child.pid}@${procfs.stat(child.pid)?.startTicks}`;
      assert.equal(only(rows, child.pid).key, expected);
    }));

  it('has a row for every process, and one key for each', () =>
    withHost(async ({ host }) => {
      const before = new Set(procfs.pids());
      const { rows } = await host.request('processes/list', null);
      const after = new Set(procfs.pids());
      const listed = new Set(rows.map(({ pid }) => pid));
      for (const pid of before) if (after.has(pid)) assert.ok(listed.has(pid), `${pid} is missing`);
      assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
    }));

  it('tells kernel threads and programs apart', function () {
    return withHost(async ({ host }) => {
      const { rows } = await host.request('processes/list', null);
      assert.equal(only(rows, process.pid).kind, 'node');
      const kernelThread = procfs.stat(2)?.comm === 'kthreadd' ? only(rows, 2) : null;
      if (!kernelThread) return; // a container shows none
      assert.equal(kernelThread.kind, 'kernelThread');
      assert.deepEqual(kernelThread.args, []);
      assert.equal(kernelThread.exe, null);
    });
  });

  it('shows a zombie as what it is', () =>
    withHost(async ({ host }) => {
      const { child, parent } = await children.zombie(7);
      const row = only((await host.request('processes/list', null)).rows, child.pid);
      assert.equal(row.state, 'Z');
      assert.equal(row.comm, 'actor');
      assert.deepEqual(row.args, []);
      assert.equal(row.exe, null);
      assert.equal(row.ppid, parent.pid);
    }));
});

describe('processes/subscribe', () => {
  it('starts with all rows and follows with what appears and ends', () =>
    withHost(async ({ host }) => {
      const parent = await children.own();
      const { key } = only(await subscribe(host), parent.pid);
      const child = await parent.fork();
      const { added } = await delta(host, (d) => d.added.some(({ pid }) => pid === child.pid));
      const row = only(added, child.pid);
      assert.equal(row.parentKey, key);
      assert.equal(row.ppid, parent.pid);

      child.exit(0);
      await parent.reap(child);
      const { removed } = await delta(host, (d) => d.removed.includes(row.key));
      assert.equal(removed.filter((gone) => gone === row.key).length, 1);
    }));

  it('shows an exec: the same key, other arguments, another program', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      const before = only(await subscribe(host), child.pid);
      await child.exec(buildFixtures().twin, 'other', 'words');
      const { changed } = await delta(host, (d) => d.changed.some(({ key }) => key === before.key));
      const after = only(changed, child.pid);
      assert.deepEqual(after.args, ['other', 'words']);
      assert.equal(after.comm, 'twin');
      assert.equal(after.exe, buildFixtures().twin);
      assert.notEqual(after.program, before.program);
      assert.equal(after.startedAt, before.startedAt);
    }));

  it('shows whose child an orphan is now', () =>
    withHost(async ({ host }) => {
      const grandparent = await children.own();
      await grandparent.ask('subreaper');
      const parent = await grandparent.fork();
      const child = await parent.fork();
      await child.ask('survive');
      const rows = await subscribe(host);
      const { key } = only(rows, child.pid);
      assert.equal(only(rows, child.pid).parentKey, only(rows, parent.pid).key);
      parent.exit(0);
      const { changed } = await delta(host, (d) =>
        d.changed.some((row) => row.key === key && row.ppid === grandparent.pid),
      );
      assert.equal(only(changed, child.pid).parentKey, only(rows, grandparent.pid).key);
    }));

  it('shows a recycled number as one process removed and another added', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await subscribe(host);
      await pidReuse.recycle(
        this,
        parent,
        async (victim) => {
          const { added } = await delta(host, (d) => d.added.some((row) => row.pid === victim.pid));
          return only(added, victim.pid).key;
        },
        async (impostor, key) => {
          await host.request('processes/refresh', null);
          const deltas = host.untaken('processes/delta');
          const removed = deltas.flatMap((d) => d.removed);
          const added = deltas.flatMap((d) => d.added);
          const changed = deltas.flatMap((d) => d.changed);
          assert.ok(removed.includes(key), 'the dead process is removed');
          assert.notEqual(only(added, impostor.pid).key, key);
          assert.ok(!changed.some((row) => row.key === key), 'the dead process is not changed');
        },
      );
    });
  });

  it('sends no delta that says nothing, and none twice', () =>
    withHost(async ({ host }) => {
      await subscribe(host);
      const child = await children.own();
      for (let time = 0; time < 5; time++) await host.request('processes/refresh', null);
      const deltas = host.untaken('processes/delta');
      assert.equal(deltas.flatMap((d) => d.added).filter(({ pid }) => pid === child.pid).length, 1);
      for (const { added, changed, removed } of deltas) {
        assert.ok(added.length + changed.length + removed.length > 0, 'an empty delta');
      }
    }));

  it('agrees with a fresh list after any number of deltas', () =>
    withHost(async ({ host }) => {
      const parent = await children.own();
      const known = new Map((await subscribe(host)).map((row) => [row.key, row]));
      await parent.ask('crowd', 40);
      await host.request('processes/refresh', null);
      await parent.ask('openGate');
      await parent.ask('harvest');
      await parent.ask('crowd', 30);
      await host.request('processes/refresh', null);
      for (const { added, changed, removed } of host.untaken('processes/delta')) {
        for (const row of [...added, ...changed]) known.set(row.key, row);
        for (const key of removed) assert.ok(known.delete(key), `${key} was not known`);
      }
      const ours = (rows: Iterable<ProcessRow>): string[] =>
        [...rows]
          .filter((row) => row.ppid === parent.pid)
          .map(({ key }) => key)
          .sort();
      const { rows } = await host.request('processes/list', null);
      assert.equal(ours(known.values()).length, 30);
      assert.deepEqual(ours(known.values()), ours(rows));
    }));
});

describe('processes/refresh and unsubscribe', () => {
  it('sends the deltas before the reply', () =>
    withHost(async ({ host }) => {
      await subscribe(host);
      const child = await children.own();
      await host.request('processes/refresh', null);
      const added = host.untaken('processes/delta').flatMap((d) => d.added);
      assert.ok(added.some(({ pid }) => pid === child.pid));
    }));

  it('is silent after unsubscribe, and starts afresh with the next subscription', () =>
    withHost(async ({ host }) => {
      await subscribe(host);
      assert.equal(await host.request('processes/unsubscribe', null), null);
      const seen = host.untaken('processes/delta').length;
      const child = await children.own();
      await host.request('processes/refresh', null);
      assert.equal(host.untaken('processes/delta').length, seen);
      assert.ok(only(await subscribe(host), child.pid));
    }));

  it('takes unsubscribe without a subscription as done', () =>
    withHost(async ({ host }) => {
      assert.equal(await host.request('processes/unsubscribe', null), null);
    }));
});
