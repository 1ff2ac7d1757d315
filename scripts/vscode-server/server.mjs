// VS Code's own server: the workbench for a browser and the real extension host, without code-server's wrapper around it.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryDirectory } from '../files.mjs';
import { endGroup, mustRun, onEnd, signalGroup } from '../processes.mjs';
import { installServer } from './install.mjs';
import { writeSettings } from './settings.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {'newest' | 'oldest'} version
 * @property {string} home keeps user data and extensions
 * @property {string} log
 * @property {string} [extensions] where extensions are installed; in home unless told
 * @property {Record<string, unknown>} [settings] beyond the quiet ones
 * @property {string[]} [vsix] packages to install first
 * @property {number} [port]
 * @property {boolean} [testDriver] lets a page load an extension under development; no toasts are shown then
 * @property {NodeJS.ProcessEnv} [env]
 */

// The variables by which a VS Code terminal would bind this server to the VS Code around it.
const isOfOuterVscode = (name) => /^VSCODE_/.test(name) || name === 'ELECTRON_RUN_AS_NODE';

/** An empty gallery: nothing is looked up at an extension registry. */
function environment(env, tmp) {
  const kept = Object.entries(env).filter(([name]) => !isOfOuterVscode(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', TMPDIR: tmp };
}

function directories(options) {
  const user = path.join(options.home, 'user');
  const extensions = options.extensions ?? path.join(options.home, 'extensions');
  const dirs = { server: path.join(options.home, 'server'), user, extensions };
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

/** Emits each line of output as `line`, and keeps all of it in the log. */
function follow(child, file) {
  const log = createWriteStream(file, { flags: 'w' });
  const lines = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    createInterface({ input: stream }).on('line', (line) => lines.emit('line', line));
  }
  child.once('close', () => log.end());
  return lines;
}

/** The port it was given, which it says when it listens. */
function listening(child, lines, log) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`VS Code's server ${why}; see ${log}`));
    const timer = setTimeout(() => fail('did not start within a minute'), 60_000);
    const settle = (answer) => (clearTimeout(timer), answer());
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code) => settle(() => fail(`ended with ${code}`)));
    lines.on('line', (line) => {
      const port = /^Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port) settle(() => resolve(Number(port)));
    });
  });
}

/** Serves until `stop`, which leaves nothing behind but `home`. */
function stopper(child, tmp) {
  const removeTmp = () => rmSync(tmp, { recursive: true, force: true, maxRetries: 5 });
  const atExit = () => {
    signalGroup(child, 'SIGKILL');
    removeTmp();
  };
  process.once('exit', atExit); // where this process ends by an error
  const release = onEnd(stop);
  async function stop() {
    await endGroup(child);
    process.off('exit', atExit);
    release();
    removeTmp();
  }
  return stop;
}

/** @param {ServerOptions} options */
export async function startServer(options) {
  const installed = await installServer(options.version);
  const dirs = directories(options);
  writeSettings(dirs.user, options.settings);
  const tmp = temporaryDirectory(); // VS Code leaves dozens of sockets in its temporary directory
  const env = environment(options.env ?? process.env, tmp);
  await installPackages(installed, options.vsix ?? [], dirs, env);
  const token = randomBytes(16).toString('hex');
  const args = [installed.main, ...dirArguments(dirs), ...serveArguments(options, token)];
  const child = spawn(installed.node, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = stopper(child, tmp);
  const lines = follow(child, options.log);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const authority = await listening(child, lines, options.log)
    .then((port) => `127.0.0.1:${port}`)
    .catch((error) => stop().then(() => Promise.reject(error)));
  return { authority, token, lines, exited, stop };
}
