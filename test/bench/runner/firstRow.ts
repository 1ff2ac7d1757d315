// Opens a view in the page and measures there, so that the way between this process and the page does not count.
import type { Page } from 'playwright-core';

export interface OpenedView {
  /** Title of its entry in the Activity Bar. */
  readonly tab: string;
  /** Name of the view in it. */
  readonly view: string;
}

/** The little of the page that is used. The project's code does not run in pages and has no types for them. */
interface PageElement {
  click(): void;
  getBoundingClientRect(): { height: number };
}
declare const document: { querySelector(selector: string): PageElement | null };
declare class MutationObserver {
  constructor(callback: () => void);
  observe(target: unknown, options: { childList: boolean; subtree: boolean }): void;
  disconnect(): void;
}

const limitMs = 20_000;

const paneOf = (view: string) => `.pane:has(.pane-header[aria-label^="${view}"])`;

/** Runs in the page: clicks, and looks at each change whether there is a row. */
async function openAndWatch(a: { entry: string; row: string; limit: number }): Promise<number> {
  const entry = document.querySelector(a.entry);
  if (!entry || document.querySelector(a.row)) throw new Error('it is not there, or open already');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no rows')), a.limit);
    const observer = new MutationObserver(() => {
      if (!document.querySelector(a.row)) return;
      resolve(performance.now() - begin);
      observer.disconnect();
      clearTimeout(timer);
    });
    observer.observe(document, { childList: true, subtree: true });
    const begin = performance.now();
    entry.click();
  });
}

/** Milliseconds from a click on a hidden view's entry to its first row. */
export const timeToFirstRow = (page: Page, { tab, view }: OpenedView): Promise<number> =>
  page.evaluate(openAndWatch, {
    entry: `.activitybar [role=tab] .action-label[aria-label^="${tab}"]`,
    row: `${paneOf(view)} .monaco-list-row`,
    limit: limitMs,
  });

/** All rows that an open view has, also those that are scrolled out of sight: VS Code's rows are 22 pixels high. */
export const countRows = (page: Page, { view }: OpenedView): Promise<number> =>
  page
    .locator(`${paneOf(view)} .monaco-list-rows`)
    .evaluate((rows: PageElement) => Math.round(rows.getBoundingClientRect().height / 22));
