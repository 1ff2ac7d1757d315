import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { children } from '../support/children';
import { needs } from '../support/needs';
import { pidReuse } from '../support/pidReuse';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

/** A number that the kernel gives to nobody. */
const beyond = Number(readFileSync('/proc/sys/kernel/pid_max', 'utf8')) + 1;

const garbage = [
  ...['', ' ', 'x', '1', '1:', ':1', '1@', '@1', '0:1', '-1:1', '1:-1', '1:1:1', '1:1 ', '1:1\n'],
  ...['1:1e3', '1:0x1', '01:1', '1 :5', '\u0663:\u0663', `${'9'.repeat(5000)}:1`],
];

describe('processes/find', () => {
  it('finds the process that has the number', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      const row = await host.request('processes/find', { pid: child.pid });
      assert.equal(row.pid, child.pid);
      const { rows } = await host.request('processes/list', null);
      assert.equal(row.key, rows.find(({ pid }) => pid === child.pid)?.key);
    }));

  it('says of a thread that it is none', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      const pid = await child.askNumber('thread');
      const data = await rejectsWith('NotAProcess', host.request('processes/find', { pid }));
      assert.equal(data.pid, pid);
    }));

  it('says that nobody has the number', () =>
    withHost(async ({ host }) => {
      await rejectsWith('Gone', host.request('processes/find', { pid: beyond }));
      const { parent, child } = await children.zombie(0);
      assert.equal((await host.request('processes/find', { pid: child.pid })).state, 'Z');
      await parent.reap(child);
      await rejectsWith('Gone', host.request('processes/find', { pid: child.pid }));
    }));

  it("refuses what can be nobody's number", () =>
    withHost(async ({ host }) => {
      for (const pid of [0, -1, 2 ** 31, 2 ** 32 + 1, 2 ** 53, 1e300, 1.5, NaN]) {
        await rejectsWith('Invalid', host.request('processes/find', { pid }), String(pid));
      }
    }));
});

describe('processes/open', () => {
  it('opens the key of a row', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      await children.fallsAsleep(child.pid);
      const row = await host.request('processes/find', { pid: child.pid });
      assert.deepEqual(await host.request('processes/open', { key: row.key }), row);
    }));

  it('opens a start time, but not where the number has another one', () =>
    withHost(async ({ host }) => {
      const { pid } = await children.own();
      const ticks = Number(procfs.stat(pid)?.startTicks);
      const open = (key: string) => host.request('processes/open', { key });
      assert.equal((await open(`${pid}@${ticks}`)).pid, pid);
      await rejectsWith('Gone', open(`${pid}@${ticks + 1}`));
    }));

  it('opens an inode, but not where the number has another one', async function () {
    await needs('pidfs').call(this);
    await withHost(async ({ host }) => {
      const parent = await children.own();
      const { pid } = await parent.fork();
      const inode = await parent.askNumber('inode', pid);
      const open = (key: string) => host.request('processes/open', { key });
      assert.equal((await open(`${pid}:${inode}`)).pid, pid);
      await rejectsWith('Gone', open(`${pid}:${inode + 1000}`));
      await rejectsWith('Gone', open(`${parent.pid}:${inode}`));
    });
  });

  it('says that the process of a stored key has gone, though another has its number', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await pidReuse.recycle(
        this,
        parent,
        async ({ pid }) => (await host.request('processes/find', { pid })).key,
        async (impostor, key) => {
          await rejectsWith('Gone', host.request('processes/open', { key }));
          const row = await host.request('processes/find', { pid: impostor.pid });
          assert.notEqual(row.key, key);
        },
      );
    });
  });

  it('refuses what is no key', () =>
    withHost(async ({ host }) => {
      for (const key of garbage) {
        const asked = host.request('processes/open', { key });
        await rejectsWith('Invalid', asked, JSON.stringify(key.slice(0, 30)));
      }
    }));

  it('refuses an inode that no 64 bits can hold', () =>
    withHost(async ({ host }) => {
      const key = '1:18446744073709551616';
      await rejectsWith('Invalid', host.request('processes/open', { key }));
    }));
});
