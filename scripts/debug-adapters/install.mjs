// Installs once what tests attach with and what Debian has no package of. Nothing of it runs while it is installed.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf, inRoot, readIfThere } from '../files.mjs';
import { mustRun } from '../processes.mjs';

const source = inRoot('scripts/debug-adapters');
const home = inRoot('.vscode-host/debug-adapters');

/** @returns {Promise<string>} the folder that the adapters are in */
export async function installDebugAdapters() {
  const stamp = path.join(home, '.stamp');
  const wanted = hashOf(path.join(source, 'package-lock.json'));
  if (readIfThere(stamp) !== wanted) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      cpSync(path.join(source, file), path.join(home, file));
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await mustRun('npm', ['ci', ...quiet], { cwd: home });
    writeFileSync(stamp, wanted); // last: a half-made installation is never taken for a whole one
  }
  return path.join(home, 'node_modules');
}
