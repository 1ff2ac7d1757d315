import assert from 'node:assert/strict';
import { CpuShares } from '../../../native-host/table/cpuShares';
import { keyOf } from '../views/rows';

const [a, b] = [keyOf(1), keyOf(2)];

describe('CpuShares', () => {
  it('has no share at first, then that since the last time', () => {
    using shares = new CpuShares();
    assert.equal(shares.take(a, 5000, 1000), null);
    assert.equal(shares.take(a, 5500, 2000), 0.5);
    assert.equal(shares.take(a, 5500, 3000), 0);
    assert.equal(shares.take(a, 7500, 4000), 2);
    assert.equal(shares.take(b, 7500, 4000), null);
  });

  it('gives the last one again for less than 200 ms, and goes on from there', () => {
    using shares = new CpuShares();
    shares.take(a, 0, 0);
    assert.equal(shares.take(a, 10, 20), null);
    assert.equal(shares.take(a, 500, 1000), 0.5);
    assert.equal(shares.take(a, 600, 1100), 0.5);
    assert.equal(shares.take(a, 700, 1200), 1);
  });

  it('is never below zero', () => {
    using shares = new CpuShares();
    shares.take(a, 100, 0);
    assert.equal(shares.take(a, 90, 1000), 0);
  });
});
