import type { Locator, Page } from 'playwright-core';

/** In words, for where a failure's picture cannot be looked at: what is said, asked and listed, and what is selected. */
export async function whatIsShown(page: Page): Promise<string> {
  const parts: [string, Locator][] = [
    ['toast', page.locator('.notification-toast')],
    ['dialog', page.locator('.monaco-dialog-box')],
    ['input', page.locator('.quick-input-widget:visible')],
    ['menu', page.getByRole('menuitem')],
    ['hover', page.locator('.monaco-hover:visible')],
    ['status', page.locator('.statusbar-item')],
    ['message', page.locator('.pane .message')],
    ['row', page.locator('.pane').getByRole('treeitem')],
  ];
  const shown = await Promise.all(parts.map(([kind, found]) => wordsOf(kind, found)));
  return shown.flat().join('\n');
}

async function wordsOf(kind: string, found: Locator): Promise<string[]> {
  const words = await found.evaluateAll((all) =>
    (all as unknown as Shown[]).map((one) => {
      const isSelected = one.getAttribute('aria-selected') === 'true' ? 'selected: ' : '';
      return isSelected + (one.getAttribute('aria-label') ?? one.innerText);
    }),
  );
  return words.filter((text) => text.trim() !== '').map((text) => line(kind, text));
}

/** What is used of a page's element. */
interface Shown {
  readonly innerText: string;
  getAttribute(name: string): string | null;
}

const line = (kind: string, text: string) =>
  `        ${kind}: ${text.replace(/\s+/g, ' ').slice(0, 120)}`;
