import assert from 'node:assert/strict';
import { strike } from '../faults/moments';
import { patience } from '../support/patience';

describe('a native host that something befalls in the middle of everything', function () {
  this.timeout(120_000 * patience);

  it('leaves nothing unanswered, nobody stopped and nothing running', async () => {
    const { moments, notes } = await strike(24, 1);
    assert.deepEqual(notes, []);
    assert.equal(moments, 24);
  });
});
