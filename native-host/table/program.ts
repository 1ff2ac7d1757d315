import type { Stat } from '../procfs/stat.js';
import type { ProgramId } from '../protocol.js';

/**
 * The addresses of code and stack are new at each exec, as they are laid out at random. Without PTRACE_MODE_READ they
 * read 1 and 0: then a change of the short name is all that tells.
 */
export function layoutOf(stat: Stat): ProgramId {
  const id = stat.startStack === '0' ? `~${stat.comm}` : `${stat.startCode}.${stat.startStack}`;
  return id as ProgramId;
}

/** Then nothing in it tells of an exec that keeps the short name. */
export const hidesLayout = (program: ProgramId): boolean => program.startsWith('~');
