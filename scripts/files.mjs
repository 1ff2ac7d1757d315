// Files that the scripts share. Node's own modules only: npm start and npm test run before anything is installed.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** @param {string[]} parts of a path below the repository */
export const inRoot = (...parts) => path.join(root, ...parts);

/** @param {string} file */
export const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The text of a file, or undefined where there is none. */
export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a JSON file holds, or undefined where there is none. */
export function readJson(file) {
  const text = readIfThere(file);
  return text === undefined ? undefined : JSON.parse(text);
}

/**
 * A new directory that is gone at the latest when this process ends. Its name is short: a Unix socket's path has 107 bytes,
 * and VS Code puts sockets there.
 */
export function temporaryDirectory() {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pidfd-'));
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  return { path: dir, remove: () => (process.off('exit', remove), remove()) };
}
