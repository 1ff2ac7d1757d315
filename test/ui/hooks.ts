// A failed UI test leaves a picture of what was on the screen.
import { Workbench } from './driver';

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const name = test.fullTitle().replace(/\W+/g, '-');
    await Promise.all([...Workbench.running].map((each) => each.screenshot(`failed-${name}`)));
  },
};
