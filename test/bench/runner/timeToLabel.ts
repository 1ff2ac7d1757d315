// From a key to rows with a label, measured in the page, so that the way between this process and the page does not count.
import type { Page } from 'playwright-core';

/** The little of the page that is used. The project's code does not run in pages and has no types for them. */
interface PageElement {
  readonly textContent: string | null;
}
declare const document: { querySelectorAll(selector: string): Iterable<PageElement> };
declare class MutationObserver {
  constructor(callback: () => void);
  observe(target: unknown, options: object): void;
  disconnect(): void;
}
declare const window: {
  benchLabel?: Promise<number>;
  addEventListener(name: string, listener: () => void, options: object): void;
};

const limitMs = 30_000;

/** Runs in the page: waits for the key, then for a row of that label to come, or for the last to go. */
function watch(a: { label: string; isThere: boolean; limit: number }): void {
  const selector = '.pane .monaco-list-row .label-name';
  const seen = () =>
    [...document.querySelectorAll(selector)].some((each) => each.textContent === a.label);
  window.benchLabel = new Promise((resolve, reject) => {
    let begin = NaN;
    const timer = setTimeout(() => reject(new Error(`no ${a.label}`)), a.limit);
    window.addEventListener('keydown', () => (begin = performance.now()), { capture: true });
    const observer = new MutationObserver(() => {
      if (seen() !== a.isThere) return;
      resolve(performance.now() - begin);
      observer.disconnect();
      clearTimeout(timer);
    });
    observer.observe(document, { childList: true, subtree: true, characterData: true });
  });
}

/** Milliseconds from the last key of a chord until rows of this label are there, or gone. */
export async function timeToLabel(
  page: Page,
  chord: string,
  label: string,
  isThere: boolean,
): Promise<number> {
  await page.evaluate(watch, { label, isThere, limit: limitMs });
  await page.keyboard.press(chord);
  return page.evaluate(() => window.benchLabel ?? Promise.reject(new Error('not watched')));
}
