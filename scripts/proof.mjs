// npm run proof: forces PIDs to be reused, 10,000 times, and counts who is hit. `-- --json FILE` writes what came of it.
// Where there is a Chromium, `--ui 20` more are clicked in a VS Code.
import { parseArgs } from 'node:util';
import { browserCommands, findCommand } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inRoot } from './files.mjs';
import { mustRun } from './processes.mjs';
import { removeStaleOutput } from './staleOutput.mjs';

const quiet = ['ignore', 2, 2]; // stdout is for the table
const given = process.argv.slice(2);

/** As told, or 20 where there is a browser to click in. */
function clicks() {
  const options = { ui: { type: 'string' } };
  const { values } = parseArgs({ args: given, options, strict: false });
  return values.ui ?? (findCommand(...browserCommands) ? '20' : '0');
}

await ensureDependencies();
removeStaleOutput();
await mustRun(process.execPath, [inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot('.')], {
  stdio: quiet,
});
const ui = clicks();
if (ui !== '0') {
  const target = `linux-${process.arch}`;
  await mustRun(process.execPath, [inRoot('scripts/package.mjs'), '--target', target], {
    stdio: quiet,
  });
}
const args = [inRoot('out/test/proof/main.js'), ...given, '--ui', ui];
await mustRun(process.execPath, args, { cwd: process.env.INIT_CWD });
