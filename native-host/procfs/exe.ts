import { linkCount } from '../kernel/files.js';
import type { ProcRoot } from './procRoot.js';

const mark = ' (deleted)';

export interface Exe {
  readonly path: string;
  /** The file was removed or replaced since it was started. */
  readonly deleted: boolean;
}

/**
 * The kernel appends " (deleted)" to the path of an unlinked file (proc_pid_exe(5)), and a file may really be named so:
 * the number of its links decides. @throws SysError ENOENT: a kernel thread; EACCES; ESRCH
 */
export function readExe(root: ProcRoot, pid: number): Exe {
  const link = root.link(`${pid}/exe`);
  const deleted = link.endsWith(mark) && linkCount(`${pid}/exe`, root.directory) === 0;
  return { path: deleted ? link.slice(0, -mark.length) : link, deleted };
}
