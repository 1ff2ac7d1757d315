// npm run faults: a native host that dies, stops or starves in the middle of everything. `-- --moments N --json FILE`.
import { ensureDependencies } from './dependencies.mjs';
import { inRoot } from './files.mjs';
import { mustRun } from './processes.mjs';
import { removeStaleOutput } from './staleOutput.mjs';

await ensureDependencies();
removeStaleOutput();
await mustRun(process.execPath, [inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot('.')], {
  stdio: ['ignore', 2, 2],
});
const args = [inRoot('out/test/faults/main.js'), ...process.argv.slice(2)];
await mustRun(process.execPath, args, { cwd: process.env.INIT_CWD });
