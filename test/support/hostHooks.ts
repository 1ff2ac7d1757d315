import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { Actor } from './actor';
import { buildFixtures } from './buildFixtures';
import { eventually } from './eventually';
import { HostClient } from './hostClient';
import { hostPool } from './hostPool';
import { patience } from './patience';
import { procfs } from './procfs';

/** Every wait in a test has a deadline of its own, and says what it waited for; Mocha's comes after those. */
const leastTimeoutMs = 15_000 * patience;

let openBefore = 0;

/** Our own fixture programs that still run. */
function actorsLeft(): number[] {
  const { actor, twin } = buildFixtures();
  return procfs.pids().filter((pid) => {
    try {
      return [actor, twin].includes(readlinkSync(`/proc/${pid}/exe`));
    } catch {
      return false; // a kernel thread, a zombie, another user's, or gone
    }
  });
}

/**
 * After each test of the host suite: no actor, no host and no descriptor may be left behind. A failure here ends the
 * run; each test is expected to clean up after itself (`withHost`), so this says that the test or its support is wrong.
 */
export const mochaHooks = {
  async beforeAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000 * patience); // the compiler
    buildFixtures();
    const actor = await Actor.start(); // opens what Node keeps open from the first child on
    await actor.ask('pid');
    await Actor.endAll();
  },

  async beforeEach(this: Mocha.Context): Promise<void> {
    this.timeout(leastTimeoutMs);
    await hostPool.fill();
    const test = this.currentTest;
    test?.timeout(Math.max(test.timeout(), leastTimeoutMs));
    openBefore = procfs.openFiles('self').length;
  },

  async afterEach(this: Mocha.Context): Promise<void> {
    this.timeout(leastTimeoutMs);
    const left = [...HostClient.running].filter((host) => !hostPool.isIdle(host));
    for (const host of left) host.kill();
    await Promise.all(left.map((host) => host.exited));
    await Actor.endAll();
    const { title, state } = this.currentTest ?? {};
    if (state !== 'failed') assert.equal(left.length, 0, `hosts that "${title}" has not closed`);
    await eventually('all actors have ended', () => actorsLeft().length === 0);
    await eventually(
      `${openBefore} descriptors in the test process:\n${procfs.openFiles('self').join('\n')}`,
      () => procfs.openFiles('self').length <= openBefore,
    );
  },

  afterAll: hostPool.empty,
};
