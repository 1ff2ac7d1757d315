// What the workbench tells a test driver: the extension host's log lines, and the exit code of the test run.
import type { Writable } from 'node:stream';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import type { Server } from './server';

/** Lines so marked are the tests' own output; all others are the workbench's. */
export const mark = '[test]';

export type Outcome = { code: number } | { failure: string };

/** The extension host's exit as the server saw it. It comes shortly after the workbench's word. */
function hostExit(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.lines.on('line', (line: string) => {
      const exit = /Extension Host Process exited with (code: .*)\./.exec(line)?.[1];
      if (exit) resolve(exit);
    });
  });
}

const after = <T>(ms: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(resolve, ms, value).unref());

/** The workbench says 0 for a host that was killed, too: 0 is believed only of a host that ended by itself. */
async function judge(code: number, exit: Promise<string>): Promise<Outcome> {
  if (code !== 0) return { code };
  const seen = await Promise.race([exit, after(10_000, 'not seen')]);
  if (seen === 'code: 0, signal: null') return { code };
  return { failure: `the extension host did not end well (${seen})` };
}

/** The tests' lines go to stdout, the rest into a log. */
function print(text: string, log: Writable): void {
  for (const line of text.split('\n')) {
    if (line.startsWith(mark)) process.stdout.write(`${line.slice(mark.length)}\n`);
    else log.write(`${line}\n`);
  }
}

/** To be called before the page loads. */
export async function watchTestRun(page: Page, server: Server, log: Writable) {
  const exit = hostExit(server);
  let finish: (outcome: Outcome) => void = () => undefined;
  const finished = new Promise<Outcome>((resolve) => (finish = resolve));
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
    print(format(...args), log),
  );
  await page.exposeFunction('codeAutomationExit', async (code: number) =>
    finish(await judge(code, exit)),
  );
  page.on('pageerror', (error) => log.write(`${error.stack}\n`));
  page.once('crash', () => finish({ failure: 'the page crashed' }));
  void server.died.then(() => finish({ failure: "VS Code's server ended" }));
  return { finished }; // in an object, so that await stops here
}
