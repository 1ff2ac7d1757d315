// What the extension host loads as extensionTestsPath: runs the tests beside it, inside VS Code.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { ResultsReporter } from '../support/results';
import { mark } from '../support/vscode/automation';

/** The console is VS Code's: it joins nothing and expands no %s. Marked lines can be told from the workbench's own. */
function printMarked(...args: unknown[]): void {
  for (const line of format(...args).split('\n')) console.log(`${mark}${line}`);
}

const testFiles = () =>
  readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort();

export async function run(): Promise<void> {
  // Base.consoleLog is how every reporter prints; its types do not know it.
  (Mocha.reporters.Base as unknown as { consoleLog: typeof printMarked }).consoleLog = printMarked;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: ResultsReporter });
  if (process.env.PIDFD_GREP) mocha.grep(process.env.PIDFD_GREP);
  for (const file of testFiles()) mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
