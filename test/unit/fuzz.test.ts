import assert from 'node:assert/strict';
import { check } from '../fuzz/check';
import { targets } from '../fuzz/targets';

/** A short run with a seed that stays; `npm run fuzz` makes a million with another each time. */
describe('hostile input', function () {
  this.timeout(120_000); // how long a thousand inputs take is the machine's business

  for (const target of targets) {
    it(target.name, async () => {
      const { failure } = await check(target, Math.ceil(1000 / (target.cost ?? 1)), 1);
      assert.equal(failure, null, failure ?? '');
    });
  }
});
