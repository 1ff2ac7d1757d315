import { openFile } from '../kernel/files.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { AttachPreflight } from '../protocol.js';
import type { Evidence } from './evidence.js';

export interface KernelAnswer {
  readonly answer: Evidence['answer'];
  readonly asked: AttachPreflight['asked'];
}

/**
 * Both ask for PTRACE_MODE_ATTACH, and neither touches the process. `mayGetfd`: a filter over us has its own EPERM for
 * pidfd_getfd, which says nothing about the process; Docker's does, without CAP_SYS_PTRACE.
 */
export function askKernel(process: PidFd, root: ProcRoot, mayGetfd: boolean): KernelAnswer {
  const mayTrace = mayGetfd ? process.mayTrace() : null;
  if (mayTrace !== null) return { answer: mayTrace ? 'allowed' : 'denied', asked: 'pidfd' };
  const answer = process.whileAlive((pid) => openMemory(root, pid));
  return { answer, asked: answer === null ? 'none' : 'mem' };
}

/** proc_mem_open (fs/proc/base.c) looks at permission first; ESRCH: it has no memory any more, or never had any. */
function openMemory(root: ProcRoot, pid: number): Evidence['answer'] {
  try {
    openFile(`${pid}/mem`, root.directory)[Symbol.dispose]();
    return 'allowed';
  } catch (error) {
    if (SysError.is(error, 'EACCES', 'EPERM')) return 'denied';
    if (SysError.is(error, 'ESRCH')) return 'allowed';
    if (SysError.is(error, 'ENOENT')) return null; // hidepid
    throw error;
  }
}
