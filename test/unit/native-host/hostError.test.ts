import assert from 'node:assert/strict';
import { HostError, isExhaustion, toErrorData, toHostError } from '../../../native-host/hostError';

const limit = 1024;

describe('what a failure means', () => {
  it('is exhaustion where there is no memory for a buffer', () => {
    const error = thrownBy(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER));
    assert.equal(isExhaustion(error), true);
    const told = toErrorData(toHostError(error), limit);
    assert.deepEqual([told.kind, told.limit], ['Exhausted', null]);
  });

  it('names the limit of open files only where that was reached', () => {
    const limitBy = (code?: string) => {
      const cause = code && Object.assign(new Error(`spawn ${code}`), { code });
      return toErrorData(new HostError('Exhausted', 'no more', { cause }), limit).limit;
    };
    assert.deepEqual([limitBy(), limitBy('EMFILE'), limitBy('EAGAIN')], [limit, limit, null]);
  });

  it('is a fault of ours where nothing is known', () => {
    assert.equal(toHostError(new RangeError('Invalid array length')).kind, 'Internal');
    assert.equal(isExhaustion(new RangeError('Invalid array length')), false);
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail('it did not throw');
}
