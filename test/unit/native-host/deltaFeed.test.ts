import assert from 'node:assert/strict';
import type { ProcessKey, ProcessRow, TableDelta } from '../../../native-host/protocol';
import { DeltaFeed } from '../../../native-host/table/deltaFeed';

const row = (pid: number, comm = 'x'): ProcessRow =>
  ({ pid, comm, key: `${pid}:${pid}` as ProcessKey }) as ProcessRow;
const nothing: TableDelta = { added: [], changed: [], removed: [] };
const added = (...rows: ProcessRow[]): TableDelta => ({ ...nothing, added: rows });
const changed = (...rows: ProcessRow[]): TableDelta => ({ ...nothing, changed: rows });
const removed = (...rows: ProcessRow[]): TableDelta => ({
  ...nothing,
  removed: rows.map(({ key }) => key),
});

/** A feed whose client takes a delta when it is told to. */
function make() {
  const sent: TableDelta[] = [];
  const taken: (() => void)[] = [];
  const feed = new DeltaFeed(async (delta) => {
    sent.push(delta);
    await new Promise<void>((resolve) => taken.push(resolve));
  });
  const take = async (): Promise<void> => {
    taken.shift()?.();
    await new Promise(setImmediate);
  };
  return { feed, sent, take };
}

describe('what a client is told', () => {
  it('is told at once, and no more until it was taken', async () => {
    const { feed, sent, take } = make();
    feed.push(added(row(1)));
    feed.push(added(row(2)));
    feed.push(added(row(3)));
    assert.deepEqual(sent, [added(row(1))]);
    await take();
    assert.deepEqual(sent, [added(row(1)), added(row(2), row(3))]);
    await take();
    feed.push(removed(row(1)));
    assert.equal(sent.length, 3);
  });

  it('has each row once, as it is by then', async () => {
    const { feed, sent, take } = make();
    feed.push(added(row(1)));
    feed.push(added(row(2)));
    feed.push(changed(row(2, 'y'), row(1, 'y')));
    feed.push(changed(row(1, 'z')));
    await take();
    assert.deepEqual(sent[1], { added: [row(2, 'y')], changed: [row(1, 'z')], removed: [] });
  });

  it('leaves out who came and went, and nobody who was known', async () => {
    const { feed, sent, take } = make();
    feed.push(added(row(1), row(9)));
    feed.push(added(row(2)));
    feed.push(changed(row(1, 'y')));
    feed.push(removed(row(1), row(2)));
    feed.push(removed(row(9)));
    feed.push(added(row(9, 'back'))); // it could not be read for a moment
    await take();
    assert.deepEqual(sent[1], {
      ...nothing,
      changed: [row(9, 'back')],
      removed: removed(row(1)).removed,
    });
  });

  it('is nothing where it came to nothing', async () => {
    const { feed, sent, take } = make();
    feed.push(added(row(1)));
    feed.push(added(row(2)));
    feed.push(removed(row(2)));
    await take();
    assert.equal(sent.length, 1);
  });

  it('comes before its turn where it is asked for, and not at all when nobody wants it any more', async () => {
    const { feed, sent, take } = make();
    feed.push(added(row(1)));
    feed.push(added(row(2)));
    feed.flush();
    assert.equal(sent.length, 2);
    feed.push(added(row(3)));
    feed.forget();
    await take();
    await take();
    assert.equal(sent.length, 2);
  });

  it('says which mode it is in by then', async () => {
    const { feed, sent, take } = make();
    const mode = { kind: 'scan', shortestMs: 1, longestMs: 4, reason: 'silence' } as const;
    feed.push(added(row(1)));
    feed.push({ ...nothing, mode: { kind: 'events' } });
    feed.push({ ...nothing, mode });
    await take();
    assert.deepEqual(sent[1], { ...nothing, mode });
  });
});
