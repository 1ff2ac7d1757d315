// A failed UI test leaves a picture of what was on the screen, and no test leaves a process.
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { Workbench } from './driver';

export const mochaHooks = {
  beforeAll(): void {
    buildFixtures();
  },

  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state === 'failed') await takePictures(test.fullTitle().replace(/\W+/g, '-'));
    await Actor.endAll();
  },
};

async function takePictures(name: string): Promise<void> {
  await Promise.all([...Workbench.running].map((each) => each.screenshot(`failed-${name}`)));
}
