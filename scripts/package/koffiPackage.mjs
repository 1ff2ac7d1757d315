// koffi's binaries come in one npm package a CPU, and npm installs only this machine's. The others are fetched by the exact
// version and checksum of package-lock.json.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, readJson } from '../files.mjs';

const nameFor = (arch) => `@koromix/koffi-linux-${arch}`;

function locked(name) {
  const entry = readJson(inRoot('package-lock.json')).packages[`node_modules/${name}`];
  if (!entry) throw new Error(`${name} is not in package-lock.json`);
  return entry;
}

function verify(archive, integrity) {
  const actual = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (actual !== integrity) throw new Error(`${archive} is ${actual} instead of ${integrity}`);
}

/** @returns the folder it was unpacked to */
function fetchTo(dir, name) {
  const { version, integrity } = locked(name);
  const command = ['pack', `${name}@${version}`, '--pack-destination', dir, '--prefer-offline'];
  const [{ filename }] = JSON.parse(execFileSync('npm', [...command, '--json'], { cwd: dir }));
  const archive = path.join(dir, path.basename(filename));
  verify(archive, integrity);
  execFileSync('tar', ['-xzf', archive, '-C', dir]);
  return path.join(dir, 'package');
}

/**
 * The folder of koffi's binary package for a CPU.
 * @param {string} arch
 * @param {string} dir where it may be put
 */
export function koffiPackage(arch, dir) {
  const installed = inRoot('node_modules', nameFor(arch));
  return existsSync(installed) ? installed : fetchTo(dir, nameFor(arch));
}
