import assert from 'node:assert/strict';
import type { Fd } from '../../../native-host/kernel/fd';
import { PidFd } from '../../../native-host/process/pidFd';
import type { ProcessKey } from '../../../native-host/protocol';

const closed = {
  get number(): number {
    throw new Error('used after it was closed');
  },
} as Fd;

describe('a PidFd that is closed', () => {
  it('does not say that its process is still there', () => {
    const process = new PidFd(closed, 7, '7:1007' as ProcessKey);
    assert.throws(() => process.isReaped(), /used after it was closed/);
  });
});
