import assert from 'node:assert/strict';
import { keyOfInode, keyOfStart, parseKey } from '../../../native-host/process/identity';

describe('process keys', () => {
  it('read what they write', () => {
    assert.deepEqual(parseKey(keyOfInode(4711, 2n ** 64n - 1n)), {
      pid: 4711,
      inode: 2n ** 64n - 1n,
    });
    assert.deepEqual(parseKey(keyOfStart(1, '0')), { pid: 1, startTicks: '0' });
    assert.deepEqual(parseKey('4194304:1'), { pid: 4194304, inode: 1n });
  });

  const bad = [
    [
      '',
      ':',
      '@',
      '1',
      '1:',
      '1@',
      ':1',
      '@1',
      '0:1',
      '1:0',
      '-1:1',
      '1:-1',
      '+1:1',
      '01:1',
      '1:01',
    ],
    ['1:1:1', '1@1:1', '1:1@1', ' 1:1', '1:1 ', '1:1\n', '1.0:1', '1e3:1', '0x1:1', '١:1', 'NaN:1'],
    [
      '4194305:1',
      '99999999:1',
      `1:${2n ** 64n}`,
      `1:${'9'.repeat(50)}`,
      '1@18446744073709551616000',
    ],
  ].flat();
  for (const text of bad) {
    it(`refuse ${JSON.stringify(text)}`, () => assert.equal(parseKey(text), null));
  }
});
