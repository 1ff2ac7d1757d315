import assert from 'node:assert/strict';
import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import { LiveRows } from '../../../native-host/table/liveRows';
import { Patrol } from '../../../native-host/table/patrol';
import type { TableReader } from '../../../native-host/table/tableReader';

const row = (pid: number, more: Partial<ProcessRow> = {}): ProcessRow =>
  ({
    ...{ pid, key: `${pid}:${pid}` as ProcessKey, comm: 'x', state: 'S', kind: 'native' },
    ...{ ppid: 0, parentKey: null, startedAt: pid },
    ...more,
  }) as ProcessRow;

/** A patrol among these rows, who was looked at, and who looks different. */
function walking(...all: ProcessRow[]) {
  const rows = new LiveRows();
  rows.replace(new Map(all.map((one) => [one.pid, one])));
  const looked: number[] = [];
  const different = new Set<number>();
  const looksDifferent = ({ pid }: ProcessRow) => {
    looked.push(pid);
    return different.has(pid);
  };
  const patrol = new Patrol(rows, { looksDifferent } as unknown as TableReader);
  return { rows, looked, different, patrol };
}

const sleepers = (count: number) => Array.from({ length: count }, (_, i) => row(1000 + i));

describe('a patrol', () => {
  it('gives who looks different, to be read properly', () => {
    const { patrol, different } = walking(row(5), row(6), row(7, { state: 'R' }));
    assert.deepEqual(patrol.walk(), []);
    different.add(6).add(7);
    assert.deepEqual([...new Set(patrol.walk())].sort(), [6, 7]);
  });

  it('looks at the restless each time, however many sleep', () => {
    const { patrol, looked } = walking(row(5, { state: 'T' }), ...sleepers(5000));
    for (let time = 0; time < 3; time++) {
      patrol.walk();
      assert.ok(looked.splice(0).includes(5));
    }
  });

  it('comes to all of the others in turn, and begins anew at the end', () => {
    const { patrol, looked } = walking(...sleepers(200));
    for (let walks = 0; new Set(looked).size < 200; walks++) {
      assert.ok(walks < 200, `${new Set(looked).size} of 200 were looked at`);
      patrol.walk();
    }
    const [first] = looked;
    looked.splice(0);
    for (let walks = 0; !looked.includes(first ?? 0); walks++) {
      assert.ok(walks < 200, 'it never begins anew');
      patrol.walk();
    }
  });

  it('passes over kernel threads and those who have gone since', () => {
    const { patrol, looked, rows } = walking(row(5, { kind: 'kernelThread', state: 'D' }), row(6));
    rows.update(new Map([[6, null]]));
    patrol.walk();
    assert.deepEqual(looked, []);
  });
});
