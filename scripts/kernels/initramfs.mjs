// The files of an emulated machine: programs with their libraries, and what the host suite consists of. Nothing is
// compressed: unpacking is slow under emulation, and copying is not.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { findCommand } from '../commands.mjs';
import { inRoot, root, temporaryDirectory } from '../files.mjs';

const folders = ['proc', 'sys', 'dev', 'tmp', 'run', 'root', 'var', 'etc'];
/** Where Debian keeps what is also found without the /usr. */
const merged = ['bin', 'sbin', 'lib', 'lib64'];
const programs = [
  ...['bwrap', 'env', 'ip', 'mount', 'nsenter', 'prlimit', 'runc', 'setpriv'],
  ...['setsid', 'sh', 'sleep', 'stty', 'sudo', 'timeout', 'umount', 'unshare'],
];
/** Sources' maps, packages, and what only debuggers are tried on. */
const unneeded = /\.(map|vsix)$|\/out\/fixtures\/(other-node|go-cache|loop-\w+)$/;
const accounts = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\ntester:x:1000:1000::/tmp:/bin/sh\n',
  'etc/group': 'root:x:0:\ntester:x:1000:\n',
  'etc/hosts': '127.0.0.1 localhost\n',
};

/** A program and its shared libraries, at the paths that they have here. */
function addProgram(to, file) {
  // ldd says what a script or a static program has by failing
  const script = 'ldd "$1" 2>/dev/null || true';
  const listed = execFileSync('sh', ['-c', script, 'sh', file], { encoding: 'utf8' });
  for (const each of [file, ...(listed.match(/\/[^\s)]+/g) ?? [])]) {
    const copy = path.join(to, each);
    mkdirSync(path.dirname(copy), { recursive: true });
    if (!existsSync(copy)) cpSync(realpathSync(each), copy);
  }
}

/** Debian's own, and of its library what no Python starts without. */
function addPython(to, python = '/usr/bin/python3') {
  if (!existsSync(python)) return;
  addProgram(to, python);
  const script = 'import encodings; print(encodings.__path__[0])';
  const folder = execFileSync(python, ['-I', '-S', '-c', script], { encoding: 'utf8' }).trim();
  cpSync(folder, path.join(to, folder), { recursive: true });
}

/** @param {import('./images.mjs').Module[]} modules */
function addModules(to, modules) {
  for (const { release, file } of modules)
    cpSync(file, path.join(to, 'modules', release, path.basename(file)));
}

/** Where npm has laid what compiled tests load, and all that this needs. */
function packageFolders() {
  const wanted = '#mocha, #mocha *, #koffi, #koffi *, #vscode-jsonrpc';
  const found = execFileSync('npm', ['query', wanted], { cwd: root, encoding: 'utf8' });
  return JSON.parse(found).map(({ location }) => location);
}

function addTests(to) {
  for (const folder of ['out', 'dist', 'docs', 'test/fixtures', ...packageFolders()])
    cpSync(inRoot(folder), path.join(to, 'suite', folder), {
      recursive: true,
      preserveTimestamps: true, // a fixture that looks older than its source would be compiled again
      filter: (file) => !unneeded.test(file),
    });
}

function addSystem(to) {
  for (const folder of folders) mkdirSync(path.join(to, folder));
  for (const folder of merged) {
    mkdirSync(path.join(to, 'usr', folder), { recursive: true });
    symlinkSync(`usr/${folder}`, path.join(to, folder));
  }
  chmodSync(path.join(to, 'tmp'), 0o1777);
  for (const file of [
    process.execPath,
    '/bin/busybox',
    ...programs.map((name) => findCommand(name)),
  ])
    if (file) addProgram(to, file);
  for (const [file, text] of Object.entries(accounts)) writeFileSync(path.join(to, file), text);
}

/** @param {string} folder whose content becomes the root file system in `file` */
function pack(folder, file) {
  const out = openSync(file, 'w');
  try {
    const script = 'find . -print0 | cpio -0 -o -H newc -R 0:0 --quiet';
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: ['ignore', out, 'inherit'] });
  } finally {
    closeSync(out);
  }
}

/**
 * @param {string} file where it is written
 * @param {import('./images.mjs').Module[]} modules which init loads
 */
export function makeInitramfs(file, modules) {
  const { path: to, remove } = temporaryDirectory();
  chmodSync(to, 0o755); // it becomes /, for everybody
  addSystem(to);
  addPython(to);
  addModules(to, modules);
  addTests(to);
  cpSync(inRoot('scripts/kernels/init.sh'), path.join(to, 'init'));
  chmodSync(path.join(to, 'init'), 0o755);
  pack(to, file);
  remove();
}
