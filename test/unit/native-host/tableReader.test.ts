import assert from 'node:assert/strict';
import { TableReader, type TableReaderParts } from '../../../native-host/table/tableReader';

const pids = Array.from({ length: 1500 }, (_, index) => 1000 + index);

/** Which way each number was read. */
function reading() {
  const [together, alone]: [number[], number[]] = [[], []];
  const reader = {
    readCrowd: (slice: readonly number[]) => {
      together.push(...slice);
      return Promise.resolve(slice.map(() => null));
    },
    read: (pid: number) => {
      alone.push(pid);
      return Promise.resolve(null);
    },
  };
  const parts = {
    ...{ reader, users: { refresh: () => undefined }, root: { tryRead: () => null } },
    ...{ maxOpenFiles: 1024, script: __filename, log: () => undefined },
  } as unknown as TableReaderParts;
  return { table: new TableReader(parts), together, alone };
}

describe('a reader of many processes', () => {
  it('presumes something of a crowd, and reads anew without', async () => {
    const { table, together, alone } = reading();
    await table.some(pids, () => ({}));
    assert.deepEqual([together.length, alone.length], [pids.length, 0]);
    assert.deepEqual(await table.wronglyPresumed(), []);
    await table.anew(pids); // as many containers are a crowd, too
    assert.deepEqual([together.length, alone.length], [pids.length, pids.length]);
  });
});
