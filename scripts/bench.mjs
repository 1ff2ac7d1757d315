// npm run bench: builds, packages, and measures. `-- --json FILE` writes the figures, `--only NAME` measures some of them.
import { ensureDependencies } from './dependencies.mjs';
import { inRoot } from './files.mjs';
import { mustRun } from './processes.mjs';
import { removeStaleOutput } from './staleOutput.mjs';

const node = (file, ...args) =>
  mustRun(process.execPath, [inRoot(file), ...args], { stdio: quiet });
const quiet = ['ignore', 2, 2]; // stdout is for the figures

await ensureDependencies();
removeStaleOutput();
await node('node_modules/typescript/bin/tsc', '-p', '.');
await node('scripts/package.mjs', '--target', 'linux-x64');
const args = [inRoot('out/test/bench/runner/main.js'), ...process.argv.slice(2)];
await mustRun(process.execPath, args, { cwd: process.env.INIT_CWD });
