import { createHash } from 'node:crypto';
import { fileIdentity } from '../kernel/files.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import { layoutOf } from '../table/program.js';

/**
 * Text that is another one after an exec: how memory is laid out, the file of the program, and the hash of what the
 * kernel told it at its start (auxv: addresses at random). Where the kernel refuses those, as for other users'
 * processes, the short name is all. Read by number, for the length of one bound look. null: gone.
 */
export function fingerprintOf(root: ProcRoot, pid: number): string | null {
  const bytes = root.tryRead(`${pid}/stat`);
  const stat = bytes && parseStat(bytes);
  if (!stat) return null;
  const file = orNull(() => fileIdentity(`${pid}/exe`, root.directory)) ?? '-';
  const auxv = root.tryRead(`${pid}/auxv`);
  const hash = auxv?.length ? createHash('sha1').update(auxv).digest('base64') : '-';
  return [layoutOf(stat), file, hash].join(' ');
}
