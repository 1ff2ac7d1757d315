// A workbench with the packaged extension and bench-only ones, that begins each round anew.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '../../support/eventually';
import { startWorkbench, type Workbench } from '../../ui/driver';
import { type BenchExtension, packExtension } from './benchExtension';

const startMs = 60_000;

export class BenchWorkbench implements AsyncDisposable {
  private constructor(
    readonly workbench: Workbench,
    readonly dir: string,
  ) {}

  /** @param extensions are given a folder for what they have to say */
  static async start(
    extensions: (dir: string) => BenchExtension[],
    settings: Record<string, unknown> = {},
  ): Promise<BenchWorkbench> {
    const dir = mkdtempSync(path.join(tmpdir(), 'pidfd-bench-'));
    const alsoInstall = extensions(dir).map((each) => packExtension(each, dir));
    return new BenchWorkbench(await startWorkbench({ alsoInstall, settings }), dir);
  }

  /**
   * A new window with a new extension host, in which our extension is not active yet. The window remembers nothing: else
   * it would open with the views of the last one.
   */
  async reload(): Promise<void> {
    const { page } = this.workbench;
    const { href, origin } = new URL(page.url());
    await page.goto('about:blank');
    const devtools = await page.context().newCDPSession(page);
    const forgotten = { origin, storageTypes: 'indexeddb,local_storage' };
    await devtools.send('Storage.clearDataForOrigin', forgotten);
    await devtools.detach();
    await page.goto(href);
    await page.locator('.monaco-workbench').waitFor();
  }

  /** What a bench-only extension leaves in a file: taken away, so that the next round waits for its own. */
  async take<T>(name: string): Promise<T> {
    const file = path.join(this.dir, name);
    const read = () => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return undefined; // not yet
      }
    };
    const text = await eventually(`a bench extension writes ${name}`, read, startMs);
    rmSync(file);
    return JSON.parse(text) as T;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.workbench.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Source text of a function that an extension leaves a value with. Renamed into place: never read half. */
export const leaveFunction = (dir: string) => `
  const leave = (name, value) => {
    const fs = require('node:fs');
    const file = require('node:path').join(${JSON.stringify(dir)}, name);
    fs.writeFileSync(file + '.new', JSON.stringify(value));
    fs.renameSync(file + '.new', file);
  };`;
