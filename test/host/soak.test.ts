import assert from 'node:assert/strict';
import { soak } from '../soak/soak';
import { patience } from '../support/patience';

describe('everything at once with one native host', function () {
  this.timeout(120_000 * patience);

  it('loses no end, reaches nobody else, answers all and leaves nothing open', async () => {
    const asked = { minutes: 0.1, pairs: 6000 / patience, translations: 12_000 / patience };
    const { metrics, done, wrongs } = await soak(asked);
    assert.deepEqual(wrongs, []);
    const mustBe0 = ['soak.wrong', 'soak.lost_exits', 'soak.unanswered', 'soak.fds_left'];
    for (const name of mustBe0) assert.equal(metrics[name], 0, name);
    assert.ok((metrics['soak.pairs'] ?? 0) >= asked.pairs, 'pairs');
    assert.ok((metrics['soak.translations'] ?? 0) >= asked.translations, 'translations');
    for (const what of ['forks', 'waits', 'signals', 'filters', 'reloads'])
      assert.notEqual(done[what], 0, what);
  });
});
