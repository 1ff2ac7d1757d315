// npm start: builds the extension and opens a VS Code that has it. `-- --browser` uses VS Code's own server and a browser.
import { parseArgs } from 'node:util';
import { findCommand } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inRoot, readJson, root } from './files.mjs';
import { mustRun } from './processes.mjs';

const { values: options } = parseArgs({
  options: { browser: { type: 'boolean' }, port: { type: 'string' } },
});
const folder = process.env.INIT_CWD ?? process.cwd(); // where npm was called

/** In a terminal of a remote VS Code, `code` only talks to that window and cannot load an extension. */
const isInRemoteTerminal = 'VSCODE_IPC_HOOK_CLI' in process.env;
const findDesktop = () =>
  isInRemoteTerminal ? undefined : findCommand('code', 'code-insiders', 'codium');

async function openDesktop(command) {
  await mustRun('npm', ['run', '--silent', 'build']);
  const development = `--extensionDevelopmentPath=${root}`;
  await mustRun(command, ['--new-window', development, folder]);
  console.log(`Opened ${command} with the extension. Its view is "Processes" in the Activity Bar.`);
}

async function buildPackage() {
  const target = `linux-${process.arch}`;
  console.log(`Building and packaging the extension for ${target} ...`);
  await mustRun('npm', ['run', '--silent', 'package', '--', '--target', target]);
  const { name, version } = readJson(inRoot('package.json'));
  return inRoot(`dist/packages/${name}-${target}-${version}.vsix`);
}

/** The package is installed, not loaded for development: that way all is as a user has it. */
async function serve() {
  const { startServer } = await import('./vscode-server/server.mjs');
  return startServer({
    version: 'newest',
    home: inRoot('.vscode-host/user'), // kept, so that settings and layout last
    log: inRoot('artifacts/start/server.log'),
    port: Number(options.port ?? 0),
    vsix: [await buildPackage()],
  });
}

async function openInBrowser() {
  const server = await serve();
  const address = new URL(`http://${server.authority}/`);
  address.searchParams.set('tkn', server.token);
  address.searchParams.set('folder', folder);
  console.log(`
VS Code runs with the extension. Its view is "Processes" in the Activity Bar; Ctrl+C ends it.
Only who has this address gets in, and it is answered on this machine alone:

  ${address}`);
  await server.died;
  throw new Error("VS Code's server has ended; see artifacts/start/server.log");
}

try {
  await ensureDependencies();
  const desktop = options.browser ? undefined : findDesktop();
  if (desktop) await openDesktop(desktop);
  else await openInBrowser();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
