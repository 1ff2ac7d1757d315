import assert from 'node:assert/strict';
import { parseStatus } from '../../../native-host/procfs/status';

const text = [
  'Name:\tevil\\nUid:\t0\t0\t0\t0',
  'Umask:\t0022',
  'Tgid:\t4711',
  'Pid:\t4712',
  'Uid:\t1000\t1001\t1002\t1003',
  'NSpid:\t4712\t7\t1',
  'Threads:\t2',
  '',
].join('\n');

describe('parseStatus', () => {
  it('reads whole lines by their names', () => {
    assert.deepEqual(parseStatus(Buffer.from(text)), {
      tgid: 4711,
      ruid: 1000,
      nsPids: [4712, 7, 1],
      threads: 2,
    });
  });

  it('finds no lines in what a program calls itself, whatever ends a line elsewhere', () => {
    for (const end of ['\r', '\u0085', '\u2028', '\v', '\f', '\\n']) {
      const own = ['', 'Tgid:\t1', 'Uid:\t7\t7\t7', 'NSpid:\t1\t7', 'Threads:\t9', ''].join(end);
      const status = parseStatus(Buffer.from(text.replace('evil', own)));
      assert.deepEqual(status, parseStatus(Buffer.from(text)));
    }
  });

  it('says what is not there', () => {
    const nothing = { tgid: 0, ruid: null, nsPids: [], threads: 0 };
    assert.deepEqual(parseStatus(Buffer.from('Name:\tx\n')), nothing);
  });
});
