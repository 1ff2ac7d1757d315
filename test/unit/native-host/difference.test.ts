import assert from 'node:assert/strict';
import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import { difference } from '../../../native-host/table/processTable';

const row = (pid: number, inode: number, comm = 'x') =>
  ({ pid, key: `${pid}:${inode}` as ProcessKey, comm }) as ProcessRow;

const table = (...rows: ProcessRow[]) => new Map(rows.map((one) => [one.pid, one]));

describe('difference of two tables', () => {
  it('is null when nothing changed', () => {
    const same = row(1, 2);
    assert.equal(difference(table(same), table(same)), null);
    assert.equal(difference(table(), table()), null);
  });

  it('tells what came, changed and went', () => {
    const [stays, before, after, came, went] = [
      row(1, 1),
      row(2, 2),
      row(2, 2, 'y'),
      row(3, 3),
      row(4, 4),
    ];
    assert.deepEqual(difference(table(stays, before, went), table(stays, after, came)), {
      added: [came],
      changed: [after],
      removed: [went.key],
    });
  });

  it('calls a recycled number one removed and one added, never changed', () => {
    const [old, next] = [row(7, 1), row(7, 2)];
    const expected = { added: [next], changed: [], removed: [old.key] };
    assert.deepEqual(difference(table(old), table(next)), expected);
  });
});
