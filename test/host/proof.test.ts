import assert from 'node:assert/strict';
import { entry, HostClient } from '../support/hostClient';
import { patience } from '../support/patience';
import { skipBecause } from '../support/results';
import { prove, sum } from '../proof/proof';

describe('the proof, in small', function () {
  this.timeout(30_000 * patience);

  it('finds no wrong hit of ours, and plenty where identities are not compared', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root may choose PIDs');
    const proof = await prove({
      trials: 200,
      peerTrials: 10,
      uiTrials: 0,
      npm: false,
      progress: () => undefined,
    });
    const ours = sum(proof.ours);
    assert.equal(ours.wrong, 0, JSON.stringify(proof.ours));
    assert.equal(ours.trials, 200);
    assert.equal(ours.targetFelt + ours.impostorFelt, 0);
    assert.deepEqual(proof.blind, [], 'with the checks off each of them hits somebody');
    assert.equal(proof.peers['process.kill']?.wrong, 10);
  });

  it('is the only one who can switch the checks off', async () => {
    const host = new HostClient([], entry, ['--without=identityChecks']);
    assert.equal((await host.exited).code, 70);
  });
});
