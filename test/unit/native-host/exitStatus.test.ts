import assert from 'node:assert/strict';
import { decodeWaitStatus } from '../../../native-host/process/exitStatus';

describe('decodeWaitStatus', () => {
  it('reads an exit code from the second byte', () => {
    assert.deepEqual(decodeWaitStatus(0, null), { kind: 'exited', code: 0 });
    assert.deepEqual(decodeWaitStatus(0x0700, false), { kind: 'exited', code: 7 });
    assert.deepEqual(decodeWaitStatus(0xff00, null), { kind: 'exited', code: 255 });
  });

  it('reads a signal from the low seven bits', () => {
    const status = decodeWaitStatus(9, null);
    assert.deepEqual(status, { kind: 'signaled', signal: 9, coreDumped: null });
  });

  it('believes the core bit, and else what the kernel said beside it', () => {
    const coreDumped = (raw: number, told: boolean | null) => {
      const status = decodeWaitStatus(raw, told);
      return status.kind === 'signaled' ? status.coreDumped : 'exited';
    };
    assert.equal(coreDumped(0x8b, null), true);
    assert.equal(coreDumped(0x8b, false), true);
    assert.equal(coreDumped(0x0b, false), false);
    assert.equal(coreDumped(0x0b, null), null);
  });
});
