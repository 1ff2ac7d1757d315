/** Namespaces by descriptor: the ioctls of linux/nsfs.h. */
import { constants } from 'node:os';
import {
  CLONE_NEWPID,
  NS_GET_NSTYPE,
  NS_GET_OWNER_UID,
  NS_GET_PARENT,
  NS_GET_PID_FROM_PIDNS,
  NS_GET_PID_IN_PIDNS,
  NS_GET_TGID_FROM_PIDNS,
  NS_GET_TGID_IN_PIDNS,
  NS_GET_USERNS,
  NSFS_MAGIC,
} from './constants.js';
import { Fd } from './fd.js';
import { fileSystemType } from './files.js';
import { answering, checked } from './libc.js';
import { SysError } from './sysError.js';

// The PID ioctls take the number by value and return a number, although nsfs.h declares them _IOR int.
const prototype = 'int ioctl(int fd, unsigned long request, long argument)';
const ioctl = checked('ioctl', prototype);
const answer = answering(prototype);

/** Linux 4.9. EPERM: the parent lies outside the caller's own namespaces. */
export function openParentNamespace(namespace: Fd): Fd {
  return new Fd(ioctl(namespace.number, NS_GET_PARENT, 0));
}

/** Linux 4.9: the user namespace that owns it. EPERM: it lies outside the caller's own. */
export function openOwningUserNamespace(namespace: Fd): Fd {
  return new Fd(ioctl(namespace.number, NS_GET_USERNS, 0));
}

const ioctlOut = checked('ioctl', 'int ioctl(int fd, unsigned long request, void *argument)');

/** Linux 4.11: who made a user namespace, as the caller's user namespace knows him. EINVAL: of another type. */
export function ownerUidOf(namespace: Fd): number {
  const uid = Buffer.alloc(4);
  ioctlOut(namespace.number, NS_GET_OWNER_UID, uid);
  return uid.readUInt32LE(0);
}

/** Asks nothing of what is no nsfs file: the numbers of its ioctls may mean something else there. */
export function isPidNamespace(file: Fd): boolean {
  return (
    fileSystemType(file) === NSFS_MAGIC && ioctl(file.number, NS_GET_NSTYPE, 0) === CLONE_NEWPID
  );
}

const { ESRCH, ENOTTY } = constants.errno;

/** Missing is ESRCH; kernels from 6.11 to early 6.18 say ENOTTY instead (fixed by 725ecd80688b). */
function orMissing(namespace: Fd, request: number, pid: number): number | null {
  const result = answer(namespace.number, request, pid);
  if (result >= 0) return result;
  if (result === -ESRCH || result === -ENOTTY) return null;
  throw new SysError('ioctl', -result);
}

/** Translates between a namespace and our own. Linux 6.11; needs no permission beyond the descriptor. */
export interface NumberIoctls {
  /** Number there -> ours. null: no such task there, or none that we can see. */
  readonly from: (namespace: Fd, nsPid: number) => number | null;
  /** Our number -> there. null: no such task, or not visible there. */
  readonly into: (namespace: Fd, pid: number) => number | null;
}

/** Of processes: the number of a thread gives that of its process. */
export const processNumbers: NumberIoctls = {
  from: (namespace, nsPid) => orMissing(namespace, NS_GET_TGID_FROM_PIDNS, nsPid),
  into: (namespace, pid) => orMissing(namespace, NS_GET_TGID_IN_PIDNS, pid),
};

/** Of threads, first ones included. */
export const threadNumbers: NumberIoctls = {
  from: (namespace, nsPid) => orMissing(namespace, NS_GET_PID_FROM_PIDNS, nsPid),
  into: (namespace, pid) => orMissing(namespace, NS_GET_PID_IN_PIDNS, pid),
};
