import assert from 'node:assert/strict';
import { Gate } from '../../../native-host/rpc/gate';

describe('Gate', () => {
  it('lets so many in at once, in order, whatever becomes of them', async () => {
    const gate = new Gate(2);
    const entered: number[] = [];
    let inside = 0;
    let most = 0;
    const visit = async (number: number): Promise<void> => {
      entered.push(number);
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
      if (number % 3 === 0) throw new Error('failed inside');
    };
    const visits = Array.from({ length: 10 }, (_, number) => gate.pass(() => visit(number)));
    const results = await Promise.allSettled(visits);
    assert.equal(most, 2);
    assert.deepEqual(entered, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(results.filter(({ status }) => status === 'rejected').length, 4);
    assert.equal(await gate.pass(() => 'free again'), 'free again');
  });
});
