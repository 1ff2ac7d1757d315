import assert from 'node:assert/strict';
import { parseIo } from '../../../native-host/procfs/io';
import { parsePss } from '../../../native-host/procfs/pss';

describe('parseIo', () => {
  it('takes what went to storage, not what programs read and wrote', () => {
    const lines = ['rchar: 1', 'wchar: 2', 'read_bytes: 4096', 'write_bytes: 8192'];
    const text = [...lines, 'cancelled_write_bytes: 7'].join('\n');
    assert.deepEqual(parseIo(Buffer.from(`${text}\n`)), { read: 4096, written: 8192 });
  });
});

describe('parsePss', () => {
  it('takes the sum, not its parts', () => {
    const text =
      'Rss:                1620 kB\nPss:                 215 kB\nPss_Dirty:           108 kB\n';
    assert.equal(parsePss(Buffer.from(text)), 215 * 1024);
  });

  it('does not make a number of nothing', () => assert.equal(parsePss(Buffer.from('')), null));
});
