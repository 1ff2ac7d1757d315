import { lstat, readFile, realpath } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { isOwnGroup, type Accounts } from './ownGroup';

const groupWrites = 0o020;
const othersWrite = 0o002;
/** Of a directory: only the owner of a file in it may rename or remove that (S_ISVTX). */
const sticky = 0o1000;

/**
 * The first file or directory on the way to a file that others than root and this user may change, or put another in
 * place of; null: there is none. What sshd asks of its files (StrictModes), for the path as it is written and as it is
 * meant. What this user could change himself is his own affair: whoever acts as him could as well wait at his shell.
 */
export async function changeable(path: string, accounts?: Accounts): Promise<string | null> {
  const all = new Set([...way(path), ...way(await realpath(path))]);
  const known = accounts ?? (await readAccounts());
  for (const each of all) if (isChangeable(await lstat(each), known)) return each;
  return null;
}

/** From the file up to the root directory. */
function way(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...way(above)];
}

function isChangeable(file: Stats, accounts: Accounts): boolean {
  if (file.uid !== 0 && file.uid !== accounts.uid) return true;
  if (file.isSymbolicLink()) return false; // its mode says nothing: who may replace it is said by its directory
  const { mode, gid } = file;
  if (file.isDirectory() && (mode & sticky) !== 0) return false;
  if ((mode & othersWrite) !== 0) return true;
  return (mode & groupWrites) !== 0 && gid !== 0 && !isOwnGroup(gid, accounts);
}

async function readAccounts(): Promise<Accounts> {
  const uid = process.getuid?.();
  return { uid, passwd: await read('/etc/passwd'), group: await read('/etc/group') };
}

/** Nothing where it cannot be read: then no group is known to be this user's own. */
const read = (path: string) => readFile(path, 'utf8').catch(() => '');
