import assert from 'node:assert/strict';
import type { ProcessRow } from '../../native-host/protocol';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

function only(rows: readonly ProcessRow[], pid: number): ProcessRow {
  const found = rows.filter((row) => row.pid === pid);
  assert.equal(found.length, 1, `rows with pid ${pid}`);
  return found[0] as ProcessRow;
}

async function subscribe(host: HostClient): Promise<readonly ProcessRow[]> {
  return (await host.request('processes/subscribe', null)).rows;
}

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

  it('tells a program by what it runs', () =>
    withHost(async ({ host }) => {
      const { rows } = await host.request('processes/list', null);
      assert.equal(only(rows, process.pid).kind, 'node');
    }));

  it('tells kernel threads from programs', function () {
    if (procfs.stat(2)?.comm !== 'kthreadd') skipBecause(this, 'no kernel thread is to be seen');
    return withHost(async ({ host }) => {
      const kernelThread = only((await host.request('processes/list', null)).rows, 2);
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
