import { listDirectory, openDirectory, readLink } from '../kernel/files.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';

const socket = /^socket:\[(\d+)\]$/;

/**
 * Inodes of the sockets that a process has open. The caller holds the process, and asks afterwards.
 * @throws SysError EACCES without PTRACE_MODE_READ
 */
export function socketInodes(root: ProcRoot, pid: number): Set<string> {
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
