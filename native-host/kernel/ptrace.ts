import { PTRACE_DETACH } from './constants.js';
import { checked } from './libc.js';
import { SysError } from './sysError.js';

const ptrace = checked('ptrace', 'long ptrace(long request, int pid, void *address, void *data)');

/**
 * Whether the call is there at all. We do not trace ourselves, so ESRCH is the kernel's answer to a detach, and changes
 * nothing; whatever else comes is from a seccomp filter, which a debugger of ours would be under as well.
 */
export function isPtraceCallable(): boolean {
  try {
    ptrace(PTRACE_DETACH, process.pid, null, null);
    return true;
  } catch (error) {
    if (SysError.is(error)) return error.code === 'ESRCH';
    throw error;
  }
}
