// A failed UI test leaves a picture of what was on the screen, and no test leaves a process.
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { Workbench } from './driver';
import { whatIsShown } from './whatIsShown';

export const mochaHooks = {
  beforeAll(): void {
    buildFixtures();
  },

  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    // No state: it failed, and is about to be run again, which must not find its menus and questions open.
    const hasFailed = test?.state === 'failed' || test?.state === undefined;
    try {
      if (test && hasFailed) await takePictures(test.fullTitle().replace(/\W+/g, '-'));
      if (hasFailed) await sayWhatIsShown();
      if (hasFailed) await closeMenus();
    } catch (error) {
      console.log(`        of what was on the screen no more is known: ${String(error)}`); // the page may be gone
    } finally {
      await Actor.endAll();
    }
  },
};

async function takePictures(name: string): Promise<void> {
  await Promise.all([...Workbench.running].map((each) => each.screenshot(`failed-${name}`)));
}

async function sayWhatIsShown(): Promise<void> {
  for (const { page } of Workbench.running) console.log(await whatIsShown(page));
}

async function closeMenus(): Promise<void> {
  for (const { page } of Workbench.running) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }
}
