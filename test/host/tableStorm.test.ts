import assert from 'node:assert/strict';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { inBothModes, LiveTable, requireNews } from '../support/liveTable';
import { newsSockets } from '../support/newsSocket';
import { isEmulated, patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';
import { wrongRows } from '../support/wrongRows';
import type { HostClient } from '../support/hostClient';

/** Few live at once, and each order is answered within an actor's time. */
async function storm(actor: Actor, forks: number): Promise<void> {
  const each = 2000;
  for (let done = 0; done < forks; done += each) await actor.ask('churn', each);
}

type Use = { host: HostClient; table: LiveTable };

const told = (title: string, body: (use: Use, context: Mocha.Context) => Promise<void>) =>
  it(title, function () {
    return withHost(async ({ host, initialized }) => {
      const table = await LiveTable.subscribe(host);
      requireNews(this, initialized, table.mode);
      await body({ host, table }, this);
    });
  });

describe('the table after a storm', function () {
  this.timeout(60_000 * patience);

  inBothModes('is right', async ({ host, table }) => {
    const forks = table.mode.kind === 'events' && !isEmulated ? 200_000 : 40_000;
    const actors = [await children.own(), await children.own()];
    await Promise.all(actors.map((actor) => storm(actor, forks / actors.length)));
    assert.deepEqual(await wrongRows(host, table, 15_000), []);
  });

  told('that the kernel could not tell all of is right', async ({ host, table }) => {
    const actor = await children.own();
    await table.until('it is there', () => table.find(actor.pid).length === 1);
    process.kill(host.pid, 'SIGSTOP'); // our own child
    await eventually('it stands still', () => procfs.stat(host.pid)?.state === 'T');
    const dropped = () => newsSockets(host.pid).some(({ drops }) => drops > 0);
    for (let times = 0; times < 100 && !dropped(); times++) await actor.ask('churn', 2000);
    assert.ok(dropped(), 'the socket is never full');
    const child = await actor.fork(); // of whom nobody is told
    process.kill(host.pid, 'SIGCONT');
    await table.until('the child is there', () => table.find(child.pid).length === 1);
    assert.deepEqual(await wrongRows(host, table, 15_000), []);
  });
});

describe('a client that is slow', () => {
  told('gets one delta, and then the newest state in another', async ({ host, table }) => {
    const parent = await children.own();
    await host.request('namespaces/subscribe', null); // told of the same table, and not held up
    const news = (matches: (keys: readonly string[]) => boolean) =>
      host.next('namespaces/news', ({ members }) => matches(members.map(({ key }) => key)));
    host.isBusy = true;
    const since = host.received.length;
    const keys: string[] = [];
    for (let count = 0; count < 5; count++) {
      const child = await parent.fork();
      const { key } = await host.request('processes/find', { pid: child.pid });
      keys.push(key);
      await news((told) => told.includes(key));
    }
    const deltas = host.received.slice(since).filter(({ method }) => method === 'processes/delta');
    assert.equal(deltas.length, 1, 'no second one before the first was taken');
    host.isBusy = false;
    await table.until('the last is there', () => keys.every((key) => table.rows.has(key as never)));
    assert.deepEqual(await wrongRows(host, table), []);
  });

  told('can ask for it at once', async ({ host, table }) => {
    host.isBusy = true;
    const child = await children.own();
    await table.refresh();
    const next = await child.fork();
    await table.refresh();
    assert.ok(table.row(child.pid));
    assert.ok(table.row(next.pid));
    host.isBusy = false;
  });
});

describe('a table whose news cease', () => {
  told('is scanned from then on, and says so', async ({ host, table }, context) => {
    const actor = await children.own();
    const [socket] = newsSockets(host.pid);
    assert.ok(socket);
    await actor.ask('deafen', host.pid, socket.fd).catch((error: Error) => {
      if (error.message.endsWith('EPERM')) skipBecause(context, 'pidfd_getfd is not permitted');
      throw error;
    });
    const { mode } = await host.next(
      'processes/delta',
      (delta) => delta.mode !== undefined,
      12_000,
    );
    assert.ok(mode?.kind === 'scan');
    assert.equal(mode.reason, 'silence');
    table.mode = mode;
    const child = await actor.fork();
    const shows = (delta: { added: readonly { pid: number }[] }) =>
      delta.added.some(({ pid }) => pid === child.pid);
    await host.next('processes/delta', shows, mode.longestMs * 2);
    assert.deepEqual(newsSockets(host.pid), []);
  });
});
