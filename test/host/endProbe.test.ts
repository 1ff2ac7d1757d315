import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { EpollLoop } from '../../native-host/kernel/epollLoop';
import { watchAnEnd } from '../../native-host/process/endProbe';
import { buildFixtures } from '../support/buildFixtures';

/** Timers are due before answers are taken, each time. @returns what ends it */
function makeBusy(): () => void {
  let next = setImmediate(block);
  function block(): void {
    const until = performance.now() + 100;
    while (performance.now() < until);
    next = setImmediate(block);
  }
  return () => clearImmediate(next);
}

describe('the look at an end', () => {
  it('finds what the kernel tells, however late everything else is', async () => {
    const found = execFileSync(buildFixtures().probe, { encoding: 'utf8' }).split('\n');
    const loop = new EpollLoop((error) => assert.fail(String(error)));
    const rest = makeBusy();
    try {
      const end = await watchAnEnd(loop);
      assert.equal(end?.hup, found.includes('pollHup'));
      assert.equal(end?.status, found.includes('exitInfo'));
    } finally {
      rest();
      await loop.stop();
    }
  });
});
