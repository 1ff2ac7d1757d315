// npm run proof: forces PIDs to be reused, 10,000 times, and counts who is hit. `-- --json FILE` writes what came of it.
import { ensureDependencies } from './dependencies.mjs';
import { inRoot } from './files.mjs';
import { mustRun } from './processes.mjs';
import { removeStaleOutput } from './staleOutput.mjs';

const quiet = ['ignore', 2, 2]; // stdout is for the table

await ensureDependencies();
removeStaleOutput();
await mustRun(process.execPath, [inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot('.')], {
  stdio: quiet,
});
const args = [inRoot('out/test/proof/main.js'), ...process.argv.slice(2)];
await mustRun(process.execPath, args, { cwd: process.env.INIT_CWD });
