import assert from 'node:assert/strict';
import { areLate } from '../../../native-host/procfs/args';
import { ProcRoot } from '../../../native-host/procfs/procRoot';
import { SlowReads } from '../../../native-host/procfs/slowReads';
import { Users } from '../../../native-host/procfs/users';
import { ProcessOpener } from '../../../native-host/process/processOpener';
import { GoPrograms } from '../../../native-host/table/goPrograms';
import { RowKinds } from '../../../native-host/table/rowKinds';
import { RowReader } from '../../../native-host/table/rowReader';
import { Uptime } from '../../../native-host/table/uptime';
import type { Fd } from '../../../native-host/kernel/fd';
import type { ProcessRow } from '../../../native-host/protocol';

/** Reads nothing in time for as long as it is told so. */
class Hesitant extends SlowReads {
  isLate = false;
  reads = 0;

  override read(open: () => Fd | null, limit: number): Promise<Buffer | null> {
    this.reads++;
    return this.isLate ? Promise.resolve(null) : super.read(open, limit);
  }
}

describe('RowReader', () => {
  const root = ProcRoot.open();
  const slow = new Hesitant();
  const opener = new ProcessOpener('startTime', root);
  const users = new Users();
  const reader = new RowReader(
    opener,
    root,
    slow,
    users,
    new Uptime(root),
    new RowKinds(new GoPrograms(slow, root)),
  );
  after(() => root[Symbol.dispose]());

  async function read(previous?: ProcessRow, executed = false): Promise<ProcessRow> {
    const row = await reader.read(process.pid, { previous, executed });
    assert.ok(row);
    return row;
  }

  beforeEach(() => {
    slow.isLate = false;
    slow.reads = 0;
  });

  it('reads strings once, until something is executed', async () => {
    const row = await read();
    assert.equal(slow.reads, 1);
    assert.equal(await read(row), row);
    assert.notEqual(reader.readAgain(process.pid, row), undefined);
    assert.equal(slow.reads, 1);
    await read(row, true);
    assert.equal(slow.reads, 2);
  });

  it('asks again for arguments that did not come in time, for each row of its own', async () => {
    slow.isLate = true;
    const late = await read();
    assert.deepEqual([late.args, areLate(late)], [[], true]);
    const still = await read({ ...late, parentKey: null });
    assert.ok(areLate(still));
    slow.isLate = false;
    const other = await read(); // another one's look
    assert.ok(!areLate(other));
    assert.equal(reader.readAgain(process.pid, late), undefined);
    const row = await read(late);
    assert.deepEqual([row.args, areLate(row)], [other.args, false]);
  });

  it('gives nobody who executed something the strings of whoever forked it', async () => {
    const self = await read();
    const origin: ProcessRow = { ...self, args: ['of', 'the', 'parent'] };
    const heir = await reader.read(process.pid, { origin });
    assert.deepEqual(heir?.args, origin.args);
    // Without randomized addresses both programs have the same layout.
    const own = await reader.read(process.pid, { origin, executed: true });
    assert.deepEqual(own?.args, self.args);
  });
});
