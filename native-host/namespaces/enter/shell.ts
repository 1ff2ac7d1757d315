import { existsSync } from 'node:fs';
import { exists } from '../../kernel/files.js';
import type { PidFd } from '../../process/pidFd.js';
import type { ProcRoot } from '../../procfs/procRoot.js';

/** All of them understand what sh(1) of POSIX does. */
const usual = ['/bin/bash', '/bin/sh', '/bin/ash', '/usr/bin/sh', '/busybox/sh'];

/** A shell that is there in the root directory of the process, `preferred` first; null: none, or we may not look. */
export function findShell(process: PidFd, root: ProcRoot, preferred?: string): string | null {
  const wanted = preferred?.startsWith('/') ? [preferred, ...usual] : usual;
  return process.whileAlive(
    (pid) => wanted.find((path) => exists(`${pid}/root${path}`, root.directory)) ?? null,
  );
}

/** One of the usual, where we are. */
export function findOwnShell(): string | null {
  return usual.find((path) => existsSync(path)) ?? null;
}
