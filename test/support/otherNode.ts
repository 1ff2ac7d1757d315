import { copyFileSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../fixtures/other-node');

/** Node as another executable than the one that VS Code's own parts run, whom nobody waits for. */
export function otherNode(): string {
  const path = join(folder, 'node');
  const isThere =
    statSync(path, { throwIfNoEntry: false })?.size === statSync(process.execPath).size;
  if (isThere) return path;
  mkdirSync(folder, { recursive: true });
  try {
    linkSync(process.execPath, path);
  } catch {
    copyFileSync(process.execPath, path); // another file system, or another version was there
  }
  return path;
}
