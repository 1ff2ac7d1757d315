// What the tests need of the system: installed where that is possible, else said.
import { existsSync } from 'node:fs';
import { browserCommands, findCommand, lldbDapCommands } from './commands.mjs';
import { run } from './processes.mjs';

const debuggers = ['debuggers'];
const inVscode = ['vscode-newest', 'vscode-oldest', 'ui', ...debuggers];

/** No command: Debian's Python runs it. */
const debugpy = '/usr/lib/python3/dist-packages/debugpy/__main__.py';

/** `suites` cannot run at all without the command; others skip the tests that need it. */
const needed = [
  { commands: ['cc'], package: 'gcc', suites: ['host'] },
  { commands: ['c++'], package: 'g++', suites: inVscode },
  { commands: ['make'], package: 'make', suites: inVscode },
  { commands: ['python3'], package: 'python3', suites: inVscode },
  {
    commands: browserCommands,
    package: 'chromium',
    suites: inVscode,
  },
  { commands: ['unshare'], package: 'util-linux', suites: [] },
  { commands: ['nsenter'], package: 'util-linux', suites: [] },
  { commands: ['ip'], package: 'iproute2', suites: [] },
  { commands: ['sudo'], package: 'sudo', suites: [] },
  { commands: ['bwrap'], package: 'bubblewrap', suites: [] },
  { commands: ['runc'], package: 'runc', suites: [] },
  { commands: ['podman'], package: 'podman', suites: [] }, // brings conmon
  { commands: ['newuidmap'], package: 'uidmap', suites: [] },
  { commands: ['busybox'], package: 'busybox-static', suites: ['kernels'] },
  // Emulated machines, and what lays their files; their kernels come from the package archive.
  { commands: ['qemu-system-x86_64'], package: 'qemu-system-x86', suites: ['kernels'] },
  { commands: ['cpio'], package: 'cpio', suites: ['kernels'] },
  // What the suite `debuggers` attaches with, and a compiler for something to attach to.
  { commands: ['gdb'], package: 'gdb', suites: debuggers },
  { commands: lldbDapCommands, package: 'lldb-19', suites: debuggers },
  { commands: ['dlv'], package: 'delve', suites: debuggers },
  { commands: ['go'], package: 'golang-go', suites: debuggers },
  { commands: ['debugpy'], file: debugpy, package: 'python3-debugpy', suites: debuggers },
];

const isThere = ({ commands, file }) => (file ? existsSync(file) : findCommand(...commands));
const missing = (among) => among.filter((entry) => !isThere(entry));

/** Without which VS Code's server cannot be installed. */
export const compilers = ['c++', 'make', 'python3'];
const isCompiler = ({ commands }) => compilers.includes(commands[0]);

const noninteractive = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

async function aptInstall(packages) {
  console.log(`Installing ${packages.join(', ')} (apt-get) ...`);
  await run('apt-get', ['update', '-qq'], noninteractive);
  await installTogether(packages);
}

/** One that cannot be had keeps all from being installed: so each is tried by itself then. */
async function installTogether(packages) {
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code } = await run('apt-get', args, noninteractive);
  if (code === 0) return;
  if (packages.length === 1) console.log(`${packages[0]} could not be had (apt-get: ${code}).`);
  else for (const one of packages) await installTogether([one]);
}

/** Installed when that is possible; what is missing in the end is the caller's to say. */
async function install(among) {
  const packages = [...new Set(missing(among).map((entry) => entry.package))];
  const canInstall = process.getuid() === 0 && findCommand('apt-get');
  if (packages.length > 0 && canInstall) await aptInstall(packages);
}

export const ensureCompilers = () => install(needed.filter(isCompiler));

/** @returns {Promise<{ title: string, reason: string, suites: string[] }[]>} what is missing in the end */
export async function ensureSystemPackages() {
  await install(needed);
  return missing(needed).map(({ commands, package: name, suites }) => ({
    title: `tests that need ${commands[0]}`,
    reason: `${commands[0]} is not installed (Debian: apt-get install ${name})`,
    suites,
  }));
}
