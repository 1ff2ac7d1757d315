import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import type { Fd } from './fd.js';
import { assertSpareDescriptors } from './spareDescriptors.js';

/** The number under which the first of `fds` is open in the child. */
export const firstInherited = 3;

/**
 * Starts a program that has `fds` open as 3, 4 and so on, whatever else we have open: all of ours is close-on-exec.
 * @throws SysError EMFILE, ENFILE
 */
export function spawnInheriting(
  [program, ...args]: readonly [string, ...string[]],
  fds: readonly Fd[],
  options: SpawnOptions & { readonly stdio: 'ignore' | 'inherit' | 'pipe' },
): ChildProcess {
  const { stdio } = options;
  const numbers = fds.map(({ number }) => number);
  assertSpareDescriptors();
  return spawn(program, args, { ...options, stdio: [stdio, stdio, stdio, ...numbers] });
}
