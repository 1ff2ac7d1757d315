// VS Code's own server: the workbench for a browser and the real extension host, without code-server's wrapper around it.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from '../files.mjs';
import { mustRun } from '../processes.mjs';
import { installServer } from './install.mjs';
import { spawnServer } from './serverProcess.mjs';
import { writeSettings } from './settings.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {'newest' | 'oldest'} version
 * @property {string} [home] keeps user data and extensions; unless told, they are gone when it stops
 * @property {string} log
 * @property {string} [extensions] where extensions are installed; in home unless told
 * @property {Record<string, unknown>} [settings] beyond the quiet ones
 * @property {string[]} [vsix] packages to install first
 * @property {number} [port]
 * @property {boolean} [testDriver] lets a page load an extension under development; no toasts are shown then
 */

// The variables by which a VS Code terminal would bind this server to the VS Code around it.
const isOfOuterVscode = (name) => /^VSCODE_/.test(name) || name === 'ELECTRON_RUN_AS_NODE';

/**
 * An empty gallery: nothing is looked up at an extension registry. As from `code` in a shell, this environment is the
 * user's already: else VS Code starts a login shell for it, which takes up to ten seconds where there is no terminal.
 */
function environment(tmp) {
  const kept = Object.entries(process.env).filter(([name]) => !isOfOuterVscode(name));
  return {
    ...Object.fromEntries(kept),
    ...{ EXTENSIONS_GALLERY: '{}', VSCODE_CLI: '1', TMPDIR: tmp },
  };
}

function directories(options, home) {
  const extensions = options.extensions ?? path.join(home, 'extensions');
  const dirs = { server: path.join(home, 'server'), user: path.join(home, 'user'), extensions };
  for (const dir of Object.values(dirs)) mkdirSync(dir, { recursive: true });
  mkdirSync(path.dirname(options.log), { recursive: true });
  return dirs;
}

const dirArguments = ({ server, user, extensions }) => [
  ...['--accept-server-license-terms', '--telemetry-level', 'off'],
  ...['--server-data-dir', server, '--user-data-dir', user, '--extensions-dir', extensions],
];

const serveArguments = (options, token) => [
  ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token],
  ...['--disable-workspace-trust', '--disable-getting-started-override'],
  // The oldest does not know the first and says so in its log.
  ...['--disable-experiments', ...(options.testDriver ? ['--enable-smoke-test-driver'] : [])],
];

/** Installs packages in one call, which needs no network. */
async function installPackages(installed, vsix, dirs, env) {
  if (vsix.length === 0) return;
  const wanted = vsix.flatMap((file) => ['--install-extension', file]);
  const args = [installed.main, ...dirArguments(dirs), ...wanted, '--force'];
  await mustRun(installed.node, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function serve(options, tmp) {
  const installed = await installServer(options.version);
  const home = options.home ?? path.join(tmp.path, 'home');
  const dirs = directories(options, home);
  writeSettings(dirs.user, options.settings);
  const env = environment(tmp.path);
  await installPackages(installed, options.vsix ?? [], dirs, env);
  const token = randomBytes(16).toString('hex');
  const args = [installed.main, ...dirArguments(dirs), ...serveArguments(options, token)];
  const { port, ...server } = await spawnServer(installed.node, args, env, options.log);
  return { authority: `127.0.0.1:${port}`, token, ...server };
}

/** @param {ServerOptions} options */
export async function startServer(options) {
  const tmp = temporaryDirectory(); // VS Code leaves dozens of sockets in its temporary directory
  try {
    const server = await serve(options, tmp);
    return { ...server, stop: () => server.stop().finally(tmp.remove) };
  } catch (error) {
    tmp.remove();
    throw error;
  }
}
