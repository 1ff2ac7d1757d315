import assert from 'node:assert/strict';
import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import { LiveRows } from '../../../native-host/table/liveRows';

const row = (pid: number, inode: number, more: Partial<ProcessRow> = {}): ProcessRow =>
  ({
    ...{ pid, key: `${pid}:${inode}` as ProcessKey, comm: 'x', state: 'S' },
    ...{ ppid: 0, parentKey: null, startedAt: inode },
    ...more,
  }) as ProcessRow;

const found = (...rows: ProcessRow[]) => new Map(rows.map((one) => [one.pid, one]));

function live(...rows: ProcessRow[]): LiveRows {
  const table = new LiveRows();
  table.replace(found(...rows));
  return table;
}

describe('rows that are kept up to date', () => {
  it('say nothing when nothing changed', () => {
    const same = row(1, 2);
    assert.equal(live(same).replace(found(same)), null);
    assert.equal(live().replace(found()), null);
    assert.equal(live(same).update(new Map([[5, null]])), null);
  });

  it('tell what came, changed and went', () => {
    const [stays, before, after] = [row(1, 1), row(2, 2), row(2, 2, { comm: 'y' })];
    const [came, went] = [row(3, 3), row(4, 4)];
    const delta = { added: [came], changed: [after], removed: [went.key] };
    assert.deepEqual(live(stays, before, went).replace(found(stays, after, came)), delta);
    const news = new Map([...found(after, came), [4, null] as const]);
    assert.deepEqual(live(stays, before, went).update(news), delta);
  });

  it('call a recycled number one removed and one added, never changed', () => {
    const [old, next] = [row(7, 1), row(7, 2)];
    const expected = { added: [next], changed: [], removed: [old.key] };
    assert.deepEqual(live(old).update(found(next)), expected);
  });

  it('link a child that came before its parent, and unlink it when another has the number', () => {
    const table = live(row(9, 90, { ppid: 8 }));
    const parent = row(8, 80);
    const linked = table.update(found(parent));
    assert.deepEqual(linked?.added, [parent]);
    assert.deepEqual(
      linked?.changed.map((one) => [one.pid, one.parentKey]),
      [[9, parent.key]],
    );
    const stranger = row(8, 99); // it started later than its "child"
    assert.deepEqual(
      table.update(found(stranger))?.changed.map((one) => one.parentKey),
      [null],
    );
  });

  it('know who says to be whose child, and who is not just asleep', () => {
    const table = live(row(8, 80), row(9, 90, { ppid: 8 }), row(10, 91, { ppid: 8, state: 'T' }));
    assert.deepEqual([...table.childrenOf(8)], [9, 10]);
    assert.deepEqual([...table.restless], [10]);
    table.update(new Map([[9, row(9, 90, { ppid: 1 })], [10, null] as const]));
    assert.deepEqual([[...table.childrenOf(8)], [...table.childrenOf(1)]], [[], [9]]);
    assert.deepEqual([...table.restless], []);
  });
});
