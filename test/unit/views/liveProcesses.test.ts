import assert from 'node:assert/strict';
import type { ProcessRow, TableSnapshot } from '../../../native-host/protocol';
import { LiveProcesses } from '../../../views/liveProcesses';
import { settled } from './fakeClock';
import { FakeHost } from './fakeHost';
import { keyOf, row } from './rows';

const snapshot: TableSnapshot = {
  rows: [row(1), row(2)],
  mode: { kind: 'events' },
};

function make() {
  const host = new FakeHost();
  host.on('processes/subscribe', () => snapshot);
  const live = new LiveProcesses(host);
  return { host, live };
}

function watch(live: LiveProcesses) {
  const seen: (readonly ProcessRow[])[] = [];
  const failures: unknown[] = [];
  let deltas = 0;
  const viewer = live.join({
    onRows: (rows) => seen.push(rows),
    onDelta: () => deltas++,
    onFailure: (error) => failures.push(error),
  });
  return { viewer, seen, failures, deltas: () => deltas };
}

/** The native host is asked for rows, and answers when the test says so. */
async function ask() {
  const { host, live } = make();
  let reply: (rows: TableSnapshot) => void = () => undefined;
  host.on('processes/subscribe', () => new Promise((resolve) => (reply = resolve)));
  const one = watch(live);
  void one.viewer.want(true);
  await settled();
  return { host, live, one, reply: (rows: TableSnapshot) => reply(rows) };
}

/** More than the way of an answer to the view has. */
const mostTicks = 20;

async function ticks(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await Promise.resolve();
}

const pids = (rows: readonly ProcessRow[] | undefined) => rows?.map(({ pid }) => pid);

describe('LiveProcesses', () => {
  it('is one subscription however many look, until nobody does', async () => {
    const { host, live } = make();
    const [one, other] = [watch(live), watch(live)];
    await Promise.all([one.viewer.want(true), other.viewer.want(true)]);
    await one.viewer.want(false);
    assert.deepEqual(host.methodsAsked(), ['processes/subscribe']);
    await other.viewer.want(false);
    assert.deepEqual(host.methodsAsked(), ['processes/subscribe', 'processes/unsubscribe']);
  });

  it('knows how fresh the rows are, and when that changes', async () => {
    const { host, live } = make();
    const one = watch(live);
    assert.equal(live.mode, undefined);
    await one.viewer.want(true);
    assert.deepEqual(live.mode, { kind: 'events' });
    const mode = { kind: 'scan', shortestMs: 1000, longestMs: 4000, reason: 'silence' } as const;
    host.notify('processes/delta', { added: [], changed: [], removed: [], mode });
    assert.deepEqual(live.mode, mode);
    await one.viewer.want(false);
    assert.equal(live.mode, undefined);
  });

  it('gives one that looks later the rows as they are by then', async () => {
    const { host, live } = make();
    const [one, later] = [watch(live), watch(live)];
    await one.viewer.want(true);
    host.notify('processes/delta', { added: [row(3)], changed: [], removed: [keyOf(1)] });
    await later.viewer.want(true);
    assert.deepEqual(pids(later.seen[0]), [2, 3]);
    assert.equal(one.seen.length, 1);
  });

  it('tells nothing to one that looks away', async () => {
    const { host, live } = make();
    const [one, other] = [watch(live), watch(live)];
    await one.viewer.want(true);
    await other.viewer.want(true);
    await one.viewer.want(false);
    host.notify('processes/delta', { added: [], changed: [], removed: [keyOf(1)] });
    assert.equal(one.deltas(), 0);
    assert.equal(other.deltas(), 1);
  });

  it('ignores a delta that comes after everybody looked away', async () => {
    const { host, live } = make();
    const one = watch(live);
    await one.viewer.want(true);
    await one.viewer.want(false);
    host.notify('processes/delta', { added: [row(9)], changed: [], removed: [] });
    assert.equal(one.deltas(), 0);
  });

  it('tells each that looks when there are no rows to be had, and asks again when one looks anew', async () => {
    const { host, live } = make();
    host.on('processes/subscribe', () => Promise.reject(new Error('no')));
    const one = watch(live);
    await one.viewer.want(true);
    assert.equal(one.failures.length, 1);
    host.on('processes/subscribe', () => snapshot);
    await one.viewer.want(true);
    await settled();
    assert.equal(one.seen.length, 1);
  });

  it('misses nothing that is told together with the rows', async () => {
    const { host, live, one, reply } = await ask();
    reply(snapshot);
    host.notify('processes/delta', { added: [row(3)], changed: [], removed: [keyOf(1)] });
    await settled();
    assert.deepEqual([one.seen.length, one.deltas()], [1, 1]);
    const later = watch(live);
    await later.viewer.want(true);
    assert.deepEqual(pids(later.seen[0]), [2, 3]);
  });

  it('asks the next native host where the one that answered has ended with its answer', async () => {
    const { host, live, one, reply } = await ask();
    reply(snapshot);
    host.become({ kind: 'starting' });
    await settled();
    reply({ ...snapshot, rows: [row(4)] });
    host.restart();
    await settled();
    assert.deepEqual([one.seen.map(pids), live.isActive], [[[4]], true]);
  });

  it('says that there are no rows any more where no native host is started again', async () => {
    const { host, live } = make();
    const one = watch(live);
    await one.viewer.want(true);
    const error = new Error('it ended several times in a row');
    for (const kind of ['starting', 'failed'] as const) host.become({ kind, error });
    assert.deepEqual(one.failures, [error]);
    await one.viewer.want(false);
    host.become({ kind: 'failed', error });
    assert.equal(one.failures.length, 1);
  });

  it('is no subscription that nobody wants, whenever one looks away', async () => {
    for (let count = 0; count < mostTicks; count++) {
      const { host, live, one, reply } = await ask();
      reply(snapshot);
      await ticks(count);
      void one.viewer.want(false);
      await settled();
      const asked = [host.methodsAsked(), live.isActive];
      const expected = [['processes/subscribe', 'processes/unsubscribe'], false];
      assert.deepEqual(asked, expected, `${count} ticks after the answer`);
    }
  });

  it('has rows whenever one looks away and back', async () => {
    for (let count = 0; count < mostTicks; count++) {
      const { host, live, one, reply } = await ask();
      void one.viewer.want(false);
      reply(snapshot);
      host.on('processes/subscribe', () => snapshot);
      await ticks(count);
      void one.viewer.want(true);
      await settled();
      const seen = one.seen.map(pids);
      assert.deepEqual([seen, live.isActive], [[[1, 2]], true], `${count} ticks after the answer`);
    }
  });

  it('lets go of a view that is closed', async () => {
    const { host, live } = make();
    const one = watch(live);
    await one.viewer.want(true);
    one.viewer.dispose();
    await settled();
    assert.deepEqual(host.methodsAsked(), ['processes/subscribe', 'processes/unsubscribe']);
  });
});
