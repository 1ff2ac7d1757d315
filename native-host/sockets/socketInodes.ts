import { listDirectory, openDirectory, readLink } from '../kernel/files.js';
import type { PidFd } from '../process/pidFd.js';
import { known, unknown } from '../procfs/known.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { Known } from '../protocol.js';

const socket = /^socket:\[(\d+)\]$/;

/** Of the sockets that a held process has open; unknown: gone, or `permission` without PTRACE_MODE_READ. */
export function inodesOf(root: ProcRoot, process: PidFd): Known<ReadonlySet<string>> {
  // Whoever has gone has no folder any more either: that is no answer of the kernel's.
  return process.whileAlive((pid) => known(() => socketInodes(root, pid))) ?? unknown('gone');
}

function socketInodes(root: ProcRoot, pid: number): Set<string> {
  using directory = openDirectory(`${pid}/fd`, root.directory);
  const inodes = new Set<string>();
  for (const name of listDirectory(directory)) {
    const link = orNull(() => readLink(name, directory)); // closed meanwhile, or "." and ".."
    const inode = link && inodeOf(link);
    if (inode) inodes.add(inode);
  }
  return inodes;
}

/** Of what a link of /proc/PID/fd leads to; undefined: no socket. Paths are anybody's, and begin with a slash. */
export const inodeOf = (link: string) => socket.exec(link)?.[1];
