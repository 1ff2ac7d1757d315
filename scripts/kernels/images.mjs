// Debian's kernels, as its package archive has them: only the image of a package is used, and nothing of it is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findCommand } from '../commands.mjs';
import { inRoot } from '../files.mjs';
import { mustRun, run } from '../processes.mjs';

/** The series that the tests boot; each names the packages of its cloud kernels. */
export const series = {
  6.1: '^linux-image-6\\.1\\.[0-9]+-[0-9]+-cloud-amd64$',
  6.12: '^linux-image-6\\.12\\.[0-9]+\\+deb[0-9]+-cloud-amd64$',
};

const byVersion = new Intl.Collator('en', { numeric: true }).compare;

/** The newest package of a series that the archive has, by the lists of it that are here. */
function newestPackage(name) {
  const args = ['search', '--names-only', series[name]];
  return execFileSync('apt-cache', args, { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter(Boolean)
    .sort(byVersion)
    .at(-1);
}

let updated;
/** Once: the archive does not change while tests run. */
const updateLists = () => (updated ??= run('apt-get', ['update', '-qq']));

const folderOf = (newest) => inRoot('node_modules/.cache/kernels', newest);

/** Old lists name nothing, or what is there no more: only what was fetched already needs no new ones. */
export async function findPackage(name) {
  const found = newestPackage(name);
  const isHere = found && imageIn(folderOf(found));
  if (isHere || process.getuid() !== 0) return found;
  await updateLists();
  return newestPackage(name);
}

/** Why no kernel can be had or booted here, whichever; undefined: for no such reason. */
function generalLack() {
  if (process.arch !== 'x64')
    return `the emulated machines run the programs of this one, which is ${process.arch} and not x64`;
  const wanted = ['apt-cache', 'apt-get', 'dpkg'].find((command) => !findCommand(command));
  return wanted && `${wanted} is not there: the kernels come from Debian's package archive`;
}

function imageIn(folder) {
  const boot = path.join(folder, 'boot');
  const name = existsSync(boot) && readdirSync(boot).find((file) => file.startsWith('vmlinuz-'));
  return name ? path.join(boot, name) : undefined;
}

async function fetchPackage(name, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const quiet = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] };
  await mustRun('apt-get', ['download', '-qq', name], quiet);
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  await mustRun('dpkg', ['-x', archive, '.'], quiet);
  rmSync(path.join(folder, archive));
}

/**
 * The file of the newest kernel of a series, fetched unless it is here, or why it cannot be had.
 * @returns {Promise<{ kernel?: string, lack?: string }>}
 */
export async function findKernel(name) {
  const lack = generalLack();
  if (lack) return { lack };
  const newest = await findPackage(name);
  if (!newest)
    return { lack: `the package archive has no Linux ${name} (Debian 12 has; apt-get update)` };
  const folder = folderOf(newest);
  if (!imageIn(folder)) await fetchPackage(newest, folder);
  return { kernel: imageIn(folder) };
}

/** @typedef {{ release: string, file: string }} Module */

/** @returns {Module[]} one of a kernel that was fetched; none: it is built in */
export function kernelModule(image, file) {
  const release = path.basename(image).replace('vmlinuz-', '');
  const folder = path.join(path.dirname(image), '../lib/modules', release);
  const found = path.join(folder, 'kernel', file);
  return existsSync(found) ? [{ release, file: found }] : [];
}
