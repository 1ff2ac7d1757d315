import { readExe } from './exe.js';
import { orNull, type ProcRoot } from './procRoot.js';
import { fieldNumbers } from './status.js';

/** What is read only for a process that is new or has executed another program. */
export interface ProgramFacts {
  readonly exe: string | null;
  /** Number 1 of a PID namespace below ours. */
  readonly init: boolean;
}

/** By number: whoever asks proves afterwards that the number meant the same process all the time. */
export function readProgramFacts(root: ProcRoot, pid: number): ProgramFacts {
  const exe = orNull(() => readExe(root, pid))?.path ?? null;
  return { exe, init: isInit(root, pid) };
}

/** As above. Of all that is read of a new process this costs most: the kernel writes some sixty lines for it. */
export function isInit(root: ProcRoot, pid: number): boolean {
  const status = root.tryRead(`${pid}/status`);
  const nsPids = status ? fieldNumbers(status.toString('latin1'), 'NSpid') : [];
  return nsPids.length > 1 && nsPids.at(-1) === 1;
}
