// A VS Code with the packaged extension installed, as a user has it, on a page that tests can act on.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../support/vscode/browser';
import { inRepository, type Server, startServer, workbenchUrl } from '../support/vscode/server';
import manifest from '../../package.json';

export interface WorkbenchOptions {
  /** The package to install; this platform's own unless told otherwise. */
  vsix?: string;
  folder?: string;
  settings?: Record<string, unknown>;
  viewport?: { width: number; height: number };
}

const packaged = () =>
  inRepository(`dist/packages/${manifest.name}-linux-${process.arch}-${manifest.version}.vsix`);

export class Workbench {
  constructor(
    readonly page: Page,
    /** Errors of the page's console. */
    readonly problems: readonly string[],
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly home: string,
  ) {}

  /** Runs a command by its title, as a user does: by the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const palette = this.page.locator('.quick-input-widget');
    await palette.locator('input').first().fill(`>${title}`);
    await palette.locator('.monaco-list-row', { hasText: title }).first().click();
  }

  /** Opens a view container by its title. */
  async openView(title: string): Promise<void> {
    const tab = this.page.getByRole('tab', { name: title }).first();
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
  }

  /** The content of the only open webview. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Toasts, such as error messages. */
  toast(text: string | RegExp) {
    return this.page.locator('.notifications-toasts').getByText(text);
  }

  screenshot(name: string): Promise<Buffer> {
    return this.page.screenshot({ path: inRepository('artifacts/ui', `${name}.png`) });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `problems` fills while the page lives. */
async function openPage(browser: Browser, viewport: { width: number; height: number }) {
  const page = await browser.newPage({ viewport });
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, problems };
}

export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'pidfd-ui-'));
  const server = await startServer({
    version: 'newest',
    home,
    log: inRepository('artifacts/ui/server.log'),
    vsix: [options.vsix ?? packaged()],
    settings: { 'workbench.colorTheme': 'Default Dark Modern', ...options.settings },
  });
  const browser = await launchBrowser();
  const { page, problems } = await openPage(
    browser,
    options.viewport ?? { width: 1400, height: 900 },
  );
  await page.goto(workbenchUrl(server, options.folder).toString());
  await page.locator('.monaco-workbench').waitFor();
  return new Workbench(page, problems, server, browser, home);
}
