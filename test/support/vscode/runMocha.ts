import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { ResultsReporter } from '../results';
import { mark } from './automation';

/** The console is VS Code's: it joins nothing and expands no %s. Marked lines can be told from the workbench's own. */
function printMarked(...args: unknown[]): void {
  for (const line of format(...args).split('\n')) console.log(`${mark}${line}`);
}

const testFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort();

interface Uncaught {
  _uncaught: (this: Mocha.Runner, error: Error, origin: string) => void;
}

/**
 * VS Code's debugger for JavaScript is in the same extension host, and lets requests that are refused until an inspector
 * has opened go uncaught: they are not this test's.
 */
function overlookOthersErrors(): void {
  const runner = Mocha.Runner.prototype as unknown as Uncaught;
  const { _uncaught } = runner;
  runner._uncaught = function (error, origin) {
    if (!/\/extensions\/ms-vscode\.js-debug\//.test(error?.stack ?? ''))
      _uncaught.call(this, error, origin);
  };
}

/** Runs the tests of a folder inside VS Code. */
export async function runMocha(folder: string): Promise<void> {
  // Base.consoleLog is how every reporter prints; its types do not know it.
  (Mocha.reporters.Base as unknown as { consoleLog: typeof printMarked }).consoleLog = printMarked;
  overlookOthersErrors();
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: ResultsReporter });
  if (process.env.PIDFD_GREP) mocha.grep(process.env.PIDFD_GREP);
  for (const file of testFiles(folder)) mocha.addFile(path.join(folder, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
