// A VS Code with the packaged extension installed, as a user has it, on a page that tests can act on.
import type { Browser, ConsoleMessage, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../support/vscode/browser';
import { inRepository, type Server, startServer, workbenchUrl } from '../support/vscode/server';
import { patiently, soon } from './patiently';
import manifest from '../../package.json';

export interface WorkbenchOptions {
  /** The package to install; this platform's own unless told otherwise. */
  vsix?: string;
  /** Packages to install besides. */
  alsoInstall?: string[];
  folder?: string;
  settings?: Record<string, unknown>;
  viewport?: { width: number; height: number };
}

const packaged = () =>
  inRepository(`dist/packages/${manifest.name}-linux-${process.arch}-${manifest.version}.vsix`);

const rowChanged = 'The row changed while you clicked';

export class Workbench {
  static readonly running = new Set<Workbench>();
  /** Chooses once more what was last chosen on a row of a tree. */
  chooseAgain: () => Promise<void> = () => Promise.resolve();

  constructor(
    readonly page: Page,
    /** Errors of the page's console, but for the few that this server always has. */
    readonly problems: readonly string[],
    private readonly server: Server,
    private readonly browser: Browser,
  ) {
    Workbench.running.add(this);
  }

  /**
   * VS Code may lose which row a command is for, and the extension says so: it is done again then, as a person would,
   * whatever is being waited for.
   */
  async heedLostRows(): Promise<void> {
    const told = this.page.locator('.notification-toast', { hasText: rowChanged }).first();
    const heed = async () => {
      await told.hover();
      await told.getByRole('button', { name: 'Clear Notification' }).click();
      await this.chooseAgain();
    };
    await this.page.addLocatorHandler(told, heed, { noWaitAfter: true });
  }

  /** Runs a command by its title, as a user does: by the palette. */
  async command(title: string): Promise<void> {
    const palette = this.page.locator('.quick-input-widget');
    const found = palette.locator('.monaco-list-row', { hasText: title }).first();
    await patiently(async () => {
      await this.page.keyboard.press('F1');
      await palette.locator('input').first().fill(`>${title}`, soon);
      await found.waitFor(soon);
    });
    await found.click();
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
    Workbench.running.delete(this);
    await Promise.all([this.browser.close(), this.server.stop()]);
  }
}

/** The bare server has neither the icons nor the service worker of the wrapper that it usually comes in. */
function isUsual(message: ConsoleMessage): boolean {
  if (message.location().url.includes('/vscode-remote-resource')) return false; // an extension's own file
  return /Failed to load resource.*404|bad HTTP response code \(404\)|Service Worker/.test(
    message.text(),
  );
}

/** `problems` fills while the page lives. */
async function openPage(browser: Browser, viewport = { width: 1400, height: 900 }) {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !isUsual(message)) problems.push(message.text());
  });
  return { page, problems };
}

async function openWorkbench(server: Server, options: WorkbenchOptions): Promise<Workbench> {
  const browser = await launchBrowser().catch(async (error) => {
    await server.stop();
    throw error;
  });
  const { page, problems } = await openPage(browser, options.viewport);
  const workbench = new Workbench(page, problems, server, browser);
  try {
    await page.goto(workbenchUrl(server, options.folder).toString());
    await page.locator('.monaco-workbench').waitFor();
    await workbench.heedLostRows();
    return workbench;
  } catch (error) {
    await workbench.screenshot('failed-to-open');
    await workbench.stop();
    throw error;
  }
}

let started = 0;

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.reduceMotion': 'on', // pictures show toasts as they are in the end
};

export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const server = await startServer({
    version: 'newest',
    log: inRepository(`artifacts/ui/server-${++started}.log`),
    vsix: [options.vsix ?? packaged(), ...(options.alsoInstall ?? [])],
    settings: { ...settings, ...options.settings },
  });
  return openWorkbench(server, options);
}
