import { lstat, readFile, realpath } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';

const groupWrites = 0o020;
const othersWrite = 0o002;
/** Of a directory: only the owner of a file in it may rename or remove that (S_ISVTX). */
const sticky = 0o1000;

/**
 * The first file or directory on the way to a file that others than root and this user may change, or put another in
 * place of; null: there is none. What sshd asks of its files (StrictModes), for the path as it is written and as it is
 * meant. What this user could change himself is his own affair: whoever acts as him could as well wait at his shell.
 */
export async function changeable(path: string): Promise<string | null> {
  const all = new Set([...way(path), ...way(await realpath(path))]);
  for (const each of all) if (await isChangeable(await lstat(each))) return each;
  return null;
}

/** From the file up to the root directory. */
function way(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...way(above)];
}

async function isChangeable(file: Stats): Promise<boolean> {
  if (file.uid !== 0 && file.uid !== process.getuid?.()) return true;
  if (file.isSymbolicLink()) return false; // its mode says nothing: who may replace it is said by its directory
  const { mode, gid } = file;
  if (file.isDirectory() && (mode & sticky) !== 0) return false;
  if ((mode & othersWrite) !== 0) return true;
  return (mode & groupWrites) !== 0 && gid !== 0 && !(await isOwnGroup(gid));
}

/** Many distributions give each user a group of his own, and let it write. */
async function isOwnGroup(gid: number): Promise<boolean> {
  if (gid !== process.getgid?.()) return false;
  const users = (await lines('/etc/passwd')).filter((fields) => fields[3] === String(gid));
  const names = users.map(([name]) => name);
  const isOurs = users.every(([, , uid]) => uid === String(process.getuid?.()));
  const group = (await lines('/etc/group')).find((fields) => fields[2] === String(gid));
  const members = group?.[3]?.split(',').filter(Boolean);
  return isOurs && members !== undefined && members.every((name) => names.includes(name));
}

/** passwd(5), group(5). */
async function lines(path: string): Promise<string[][]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.split(':'));
}
