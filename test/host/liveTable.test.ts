import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { inBothModes, LiveTable } from '../support/liveTable';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { pidReuse } from '../support/pidReuse';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const { SIGSTOP, SIGCONT } = constants.signals;

describe('the live table', () => {
  inBothModes('follows with what appears and ends', async ({ table }) => {
    const parent = await children.own();
    const child = await parent.fork();
    await table.until('the child is there', () => table.find(child.pid).length === 1);
    const row = table.row(child.pid);
    await table.until('its parent is there', () => table.find(parent.pid).length === 1);
    assert.equal(table.row(child.pid).parentKey, table.row(parent.pid).key);

    child.exit(0);
    await parent.reap(child);
    await table.until('the child is gone', () => !table.rows.has(row.key));
  });

  inBothModes(
    'shows an exec: the same key, other arguments, another program',
    async ({ table }) => {
      const child = await children.own();
      await table.until('the child is there', () => table.find(child.pid)[0]?.comm === 'actor');
      const before = table.row(child.pid);
      await child.exec(buildFixtures().twin, 'other', 'words');
      const after = () => table.row(child.pid);
      await table.until('its arguments are others', () => after().args.join(' ') === 'other words');
      await table.until('so is its name', () => after().comm === 'twin'); // it may have been read in between
      assert.equal(after().key, before.key);
      assert.equal(after().exe, buildFixtures().twin);
      assert.notEqual(after().program, before.program);
      assert.equal(after().startedAt, before.startedAt);
    },
  );

  inBothModes('shows an exec by a thread that is not the first', async ({ table }) => {
    const child = await children.own();
    await table.until('the child is there', () => table.find(child.pid)[0]?.comm === 'actor');
    const { key } = table.row(child.pid);
    await child.ask('threadExec', buildFixtures().twin, 'from', 'a', 'thread');
    // The kernel gives it its arguments first and its name after that.
    const isTwin = () =>
      table.rows.get(key)?.args[0] === 'from' && table.rows.get(key)?.comm === 'twin';
    await table.until('it is the twin', isTwin);
    assert.equal(table.row(child.pid).key, key);
  });

  inBothModes('shows another name (prctl)', async ({ table }) => {
    const child = await children.own();
    await table.until('the child is there', () => table.find(child.pid)[0]?.comm === 'actor');
    await child.ask('comm', 'another');
    await table.until('it has the name', () => table.row(child.pid).comm === 'another');
  });

  inBothModes('shows another user', async ({ table }, context) => {
    if (process.getuid?.() !== 0) skipBecause(context, 'only root becomes somebody else');
    const child = await children.own();
    await table.until('the child is there', () => table.find(child.pid)[0]?.comm === 'actor');
    await child.ask('uid', 65534);
    await table.until('it is nobody', () => table.row(child.pid).uid === 65534);
  });

  inBothModes('gives a forked child its parent’s strings', async ({ table }) => {
    const parent = await children.own();
    await parent.exec(buildFixtures().twin, 'some', 'words');
    const child = await parent.fork();
    await table.until('the child is there', () => table.find(child.pid).length === 1);
    const { args, exe, kind } = table.row(child.pid);
    assert.deepEqual([args, exe, kind], [['some', 'words'], buildFixtures().twin, 'native']);
    await child.exec(buildFixtures().actor, 'words', 'of', 'its', 'own');
    await table.until('it has its own', () => table.row(child.pid).args[0] === 'words');
  });

  inBothModes('shows whose child an orphan is now', async ({ table }) => {
    const grandparent = await children.own();
    await grandparent.ask('subreaper');
    const parent = await grandparent.fork();
    const child = await parent.fork();
    await child.ask('survive');
    await table.until('all are there', () =>
      [grandparent, parent, child].every(({ pid }) => table.find(pid).length === 1),
    );
    assert.equal(table.row(child.pid).parentKey, table.row(parent.pid).key);
    parent.exit(0);
    await table.until('it is adopted', () => table.row(child.pid).ppid === grandparent.pid);
    assert.equal(table.row(child.pid).parentKey, table.row(grandparent.pid).key);
  });

  inBothModes('shows a zombie until it is collected', async ({ table }) => {
    const { parent, child } = await children.foreign();
    await table.until('the child is there', () => table.find(child.pid).length === 1);
    const { key, args } = table.row(child.pid);
    child.exit(7);
    await table.until('it is a zombie', () => table.row(child.pid).state === 'Z');
    assert.deepEqual(table.row(child.pid).args, args);
    await parent.reap(child);
    await table.until('it is gone', () => !table.rows.has(key));
  });

  inBothModes('keeps a process whose first thread has ended', async ({ table }) => {
    const { parent, child } = await children.foreign();
    const grandchild = await child.fork();
    await grandchild.ask('survive'); // that thread's end is the death of the parent, for PR_SET_PDEATHSIG
    await table.until('all are there', () =>
      [parent, child, grandchild].every(({ pid }) => table.find(pid).length === 1),
    );
    const { key } = table.row(child.pid);
    await child.ask('handover');
    await table.until('it is seen', () => table.row(child.pid).state === '?');
    assert.equal(table.row(grandchild.pid).parentKey, key);
    child.exit(0);
    await parent.reap(child);
    await table.until('it is gone', () => !table.rows.has(key));
    await table.until('its child is adopted', () => table.row(grandchild.pid).ppid !== child.pid);
  });

  inBothModes('shows who was stopped, and goes on', async ({ host, table }) => {
    const child = await children.own();
    await table.until('the child is there', () => table.find(child.pid).length === 1);
    const { key } = table.row(child.pid);
    await host.request('signal/send', { key, signal: SIGSTOP });
    await table.until('it is stopped', () => table.row(child.pid).state === 'T');
    await host.request('signal/send', { key, signal: SIGCONT });
    await table.until('it sleeps', () => table.row(child.pid).state === 'S');
  });

  inBothModes('shows a stop that nobody announced when figures are asked for', async (use) => {
    const { host, table } = use;
    const child = await children.own();
    await table.until('the child is there', () => table.find(child.pid).length === 1);
    const { key } = table.row(child.pid);
    process.kill(child.pid, 'SIGSTOP'); // our own child
    await eventually('it stands still', () => procfs.stat(child.pid)?.state === 'T');
    await host.request('processes/sample', { keys: [key] });
    await table.until('it is stopped', () => table.row(child.pid).state === 'T');
    process.kill(child.pid, 'SIGCONT');
    await eventually('it goes on', () => procfs.stat(child.pid)?.state === 'S');
    await host.request('processes/sample', { keys: [key] });
    await table.until('it sleeps', () => table.row(child.pid).state === 'S');
  });

  inBothModes(
    'shows a recycled number as one removed and one added',
    async ({ table }, context) => {
      const parent = await children.own();
      await pidReuse.recycle(
        context,
        parent,
        async ({ pid }) => {
          await table.until('the first is there', () => table.find(pid).length === 1);
          return table.row(pid).key;
        },
        async ({ pid }, key) => {
          await table.until('the next is there', () => table.find(pid).some((r) => r.key !== key));
          assert.notEqual(table.row(pid).key, key);
        },
      );
    },
  );

  inBothModes('agrees with a fresh list after any number of deltas', async ({ host, table }) => {
    const parent = await children.own();
    await parent.ask('crowd', 40);
    await table.refresh();
    await parent.ask('openGate');
    await parent.ask('harvest');
    const born = (await parent.ask('crowd', 30)).map(Number);
    await table.refresh();
    const ours = () => [...table.rows.values()].filter(({ ppid }) => ppid === parent.pid);
    const byNumber = (a: number, b: number): number => a - b;
    assert.deepEqual(
      ours()
        .map(({ pid }) => pid)
        .sort(byNumber),
      born.sort(byNumber),
    );
    const { rows } = await host.request('processes/list', null);
    for (const row of ours()) assert.ok(rows.some(({ key }) => key === row.key));
  });
});

describe('a table that is scanned', () => {
  it('shows an exec that keeps the name of a process that hides what it runs', function () {
    const run = async ({ host }: { host: HostClient }): Promise<void> => {
      const table = await LiveTable.subscribe(host);
      assert.equal(table.mode.kind, 'scan');
      const child = await children.own(); // another user's
      await table.until('the child is there', () => table.find(child.pid)[0]?.comm === 'actor');
      await child.exec(buildFixtures().actor, 'other', 'words');
      await table.until('its arguments are others', () => table.row(child.pid).args[1] === 'words');
    };
    return withHost(run, asNobody(this), ['--without=procConnector']);
  });

  it('shows in its own time what happens, and says in which', () =>
    withHost(
      async ({ host }) => {
        const table = await LiveTable.subscribe(host);
        const { mode } = table;
        assert.ok(mode.kind === 'scan');
        assert.equal(mode.reason, 'noNews');
        const child = await children.own();
        const began = performance.now();
        const isIt = (delta: { added: readonly { pid: number }[] }) =>
          delta.added.some(({ pid }) => pid === child.pid);
        await host.next('processes/delta', isIt, mode.longestMs * 2);
        assert.ok(performance.now() - began < mode.longestMs + 1000);
      },
      undefined,
      ['--without=procConnector'],
    ));
});
