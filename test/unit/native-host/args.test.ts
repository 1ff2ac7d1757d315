import assert from 'node:assert/strict';
import { parseArgs } from '../../../native-host/procfs/args';

const split = (text: string, limit = 4096) => parseArgs(Buffer.from(text, 'latin1'), limit);

describe('parseArgs', () => {
  it('splits at NUL and keeps empty arguments', () => {
    assert.deepEqual(split('sh\0-c\0\0x y\0'), { args: ['sh', '-c', '', 'x y'], cut: false });
  });

  it('takes a title that was written over the arguments, with and without NULs after it', () => {
    assert.deepEqual(split('postgres: idle').args, ['postgres: idle']);
    assert.deepEqual(split('postgres: idle\0\0\0\0').args, ['postgres: idle']);
  });

  it('is empty for nothing and for NULs alone', () => {
    assert.deepEqual(split('').args, []);
    assert.deepEqual(split('\0\0\0').args, []);
  });

  it('says that more followed', () => {
    assert.equal(split('abcd', 4).cut, true);
    assert.equal(split('abc', 4).cut, false);
  });

  it('replaces bytes that are no UTF-8', () => {
    assert.deepEqual(split('\xff\0b').args, ['\ufffd', 'b']);
  });
});
