/** PID namespaces by descriptor: the ioctls of linux/nsfs.h. */
import { NS_GET_PARENT, NS_GET_TGID_FROM_PIDNS, NS_GET_TGID_IN_PIDNS } from './constants.js';
import { Fd } from './fd.js';
import { checked } from './libc.js';
import { SysError } from './sysError.js';

// The PID ioctls take the number by value and return a number, although nsfs.h declares them _IOR int.
const ioctl = checked('ioctl', 'int ioctl(int fd, unsigned long request, long argument)');

/** Linux 4.9. EPERM: the parent lies outside the caller's own namespaces. */
export function openParentNamespace(namespace: Fd): Fd {
  return new Fd(ioctl(namespace.number, NS_GET_PARENT, 0));
}

/** Missing is ESRCH; kernels from 6.11 to early 6.18 say ENOTTY instead (fixed by 725ecd80688b). */
function orMissing(namespace: Fd, request: number, pid: number): number | null {
  try {
    return ioctl(namespace.number, request, pid);
  } catch (error) {
    if (SysError.is(error, 'ESRCH', 'ENOTTY')) return null;
    throw error;
  }
}

/** Linux 6.11, no permission beyond the descriptor: number there -> ours. null: no such process there. */
export function tgidFromNamespace(namespace: Fd, nsPid: number): number | null {
  return orMissing(namespace, NS_GET_TGID_FROM_PIDNS, nsPid);
}

/** Linux 6.11, no permission beyond the descriptor: our number -> there. null: not visible there. */
export function tgidInNamespace(namespace: Fd, pid: number): number | null {
  return orMissing(namespace, NS_GET_TGID_IN_PIDNS, pid);
}
