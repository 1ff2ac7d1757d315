// Installs VS Code's own server once. Nothing of it runs while it is installed (--ignore-scripts), and of its native modules
// only two are compiled: without @vscode/spdlog every output channel stays empty, without native-watchdog each start complains.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf, inRoot, readIfThere } from '../files.mjs';
import { mustRun } from '../processes.mjs';
import { compilers, ensureCompilers } from '../systemPackages.mjs';

const compiled = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** The outer npm run's settings are about the project, not about this folder; how to reach the registry is kept. */
const isForNpm = (name) => !/^npm_/i.test(name) || /registry|cache|cafile/i.test(name);
const npmEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => isForNpm(name)));

/** @param {'newest' | 'oldest'} version */
function pathsOf(version) {
  const home = inRoot('.vscode-host', version);
  const own = path.join(home, 'node_modules', `node-linux-${process.arch}`, 'bin/node');
  const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
  // Only the newest brings its own Node; the oldest runs on the developer's.
  return { home, vscode, node: version === 'newest' ? own : process.execPath };
}

/** npm carries node-gyp with it; which npm is the one that runs us, else the one on PATH. */
function nodeGyp(env) {
  const global = () => execFileSync('npm', ['root', '-g'], { encoding: 'utf8', env }).trim();
  const running = process.env.npm_execpath && path.resolve(process.env.npm_execpath, '../..');
  const homes = [running, path.join(global(), 'npm')].filter(Boolean);
  const found = homes
    .map((home) => path.join(home, 'node_modules/node-gyp/bin/node-gyp.js'))
    .find((file) => existsSync(file));
  if (!found) throw new Error(`No node-gyp in ${homes.join(' or ')}: install npm 10 or newer.`);
  return found;
}

function demandCompilers() {
  for (const tool of compilers) {
    try {
      execFileSync(tool, ['--version'], { stdio: 'ignore' });
    } catch {
      throw new Error(
        `VS Code's server needs two small native modules compiled, and ${tool} is missing. ` +
          'On Debian or Ubuntu: apt-get install g++ make python3',
      );
    }
  }
}

async function compile({ node, vscode }, env) {
  const gyp = nodeGyp(env);
  const nodeDir = path.resolve(node, '../..');
  // Where this Node came with its headers they are used; else node-gyp fetches them.
  const headers = existsSync(path.join(nodeDir, 'include/node/node.h'));
  const args = [gyp, 'rebuild', '--loglevel=error', ...(headers ? ['--nodedir', nodeDir] : [])];
  for (const name of compiled) {
    const cwd = path.join(vscode, 'node_modules', name);
    if (existsSync(cwd))
      await mustRun(node, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** VS Code's own shrinkwrap lacks an entry, so that `npm ci` refuses there. */
async function npmInstall(command, cwd, env) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await mustRun('npm', [...command, ...quiet], { cwd, env });
}

async function fill(source, home, { vscode, node }, say) {
  const env = npmEnv();
  mkdirSync(home, { recursive: true });
  cpSync(source, home, { recursive: true });
  say('1/3 packages');
  await npmInstall(['ci'], home, env);
  say("2/3 VS Code's own packages");
  await npmInstall(['install', '--omit=dev'], vscode, env);
  await npmInstall(['install', '--omit=dev'], path.join(vscode, 'extensions'), env);
  say('3/3 compiling two native modules');
  await compile({ node, vscode }, env);
}

/**
 * Installs a VS Code server unless it is there already.
 * @param {'newest' | 'oldest'} version
 * @param {(text: string) => void} [say]
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with and its entry
 */
export async function installServer(version, say = console.log) {
  const source = inRoot('scripts/vscode-server', version);
  const paths = pathsOf(version);
  const stamp = path.join(paths.home, '.stamp');
  const wanted = hashOf(path.join(source, 'package-lock.json'));
  if (readIfThere(stamp) !== wanted) {
    say(`Installing VS Code's server (${version}): once, about a minute and 800 MB.`);
    await ensureCompilers();
    demandCompilers();
    rmSync(paths.home, { recursive: true, force: true });
    await fill(source, paths.home, paths, (text) => say(`  ${text}`));
    writeFileSync(stamp, wanted); // last: a half-made installation is never taken for a whole one
  }
  return { node: paths.node, main: path.join(paths.vscode, 'out/server-main.js') };
}

if (process.argv[1] === import.meta.filename) {
  for (const version of ['newest', 'oldest']) await installServer(version);
}
