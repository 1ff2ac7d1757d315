// Debian's kernels, as its package archive has them: only the image of a package is used, and nothing of it is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../files.mjs';
import { mustRun } from '../processes.mjs';

/** The series that the tests boot; each names the packages of its cloud kernels. */
export const series = {
  6.1: '^linux-image-6\\.1\\.[0-9]+-[0-9]+-cloud-amd64$',
  6.12: '^linux-image-6\\.12\\.[0-9]+\\+deb[0-9]+-cloud-amd64$',
};

const byVersion = new Intl.Collator('en', { numeric: true }).compare;

/** The newest package of a series that the archive has. */
function newestPackage(name) {
  const args = ['search', '--names-only', series[name]];
  const found = execFileSync('apt-cache', args, { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter(Boolean)
    .sort(byVersion);
  const newest = found.at(-1);
  if (!newest) throw new Error(`The package archive has no Linux ${name} (apt-get update?)`);
  return newest;
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

/** @returns {Promise<string>} the file of the newest kernel of a series, fetched unless it is here */
export async function kernelImage(name) {
  const newest = newestPackage(name);
  const folder = inRoot('node_modules/.cache/kernels', newest);
  if (!imageIn(folder)) await fetchPackage(newest, folder);
  return imageIn(folder);
}

/** @typedef {{ release: string, file: string }} Module */

/** @returns {Module[]} one of a kernel that was fetched; none: it is built in */
export function kernelModule(image, file) {
  const release = path.basename(image).replace('vmlinuz-', '');
  const folder = path.join(path.dirname(image), '../lib/modules', release);
  const found = path.join(folder, 'kernel', file);
  return existsSync(found) ? [{ release, file: found }] : [];
}
