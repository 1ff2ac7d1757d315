// A reload of the window that loses nothing.
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import type { Workbench } from './driver';

/** Runs in the page: all that this VS Code remembers. */
const memory = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values = await done(database.transaction(store).objectStore(store).getAll());
      texts.push(...values.map(String));
    }
    database.close();
  }
  return texts;
})()`;

/** Whether one entry of it holds all of these words. */
async function isStored(page: Page, words: readonly string[]): Promise<boolean> {
  const texts: string[] = await page.evaluate(memory);
  return texts.some((text) => words.every((word) => text.includes(word)));
}

/** VS Code writes the memory of a window a moment after it changed. */
export async function untilStored({ page }: Workbench, stored: readonly string[]): Promise<void> {
  await eventually(`stored: ${stored.join()}`, () => isStored(page, stored), 15_000);
}

/** A reload does not wait for the memory of the window. */
export async function reloadWindow(workbench: Workbench, stored: readonly string[]): Promise<void> {
  await untilStored(workbench, stored);
  await workbench.command('Developer: Reload Window');
  await workbench.page.waitForEvent('load');
  await workbench.page.locator('.monaco-workbench').waitFor();
}
