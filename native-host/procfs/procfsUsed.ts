import type { Capabilities } from '../capabilities.js';
import type { ProcfsFault, ProcfsUsed } from '../protocol.js';
import type { ProcRoot } from './procRoot.js';

const faults: readonly string[] = ['missing', 'notProcfs', 'foreign'] satisfies ProcfsFault[];

/** Where processes are read from, and what is wrong with /proc where that is not it. */
export function procfsUsed(root: ProcRoot | null, { list }: Capabilities): ProcfsUsed {
  if (root) return { source: root.fault === null ? 'mounted' : 'private', fault: root.fault };
  const error = list.find(({ id }) => id === 'procfs')?.error ?? '';
  return { source: 'none', fault: faults.includes(error) ? (error as ProcfsFault) : null };
}
