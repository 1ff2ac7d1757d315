/** pidfd_open(2), pidfd_send_signal(2), pidfd_getfd(2), poll(2) on a pidfd, and the PIDFD_* ioctls of linux/pidfd.h. */
import { constants } from 'node:os';
import {
  FD_PIDFS_ROOT,
  FILEID_KERNFS,
  O_CLOEXEC,
  PID_FS_MAGIC,
  PIDFD_COREDUMPED,
  PIDFD_GET_INFO,
  PIDFD_GET_NAMESPACE,
  PIDFD_INFO_COREDUMP,
  PIDFD_INFO_EXIT,
  PIDFD_INFO_SIZE,
  PIDFD_THREAD,
  POLLHUP,
  POLLIN,
  SI_QUEUE,
  SYS,
} from './constants.js';
import { Fd } from './fd.js';
import { fileSystemType, openFile, readView } from './files.js';
import { answering, checked, checkedSyscall } from './libc.js';
import { SysError } from './sysError.js';

const open = checkedSyscall('pidfd_open', SYS.pidfd_open, 'int pid, unsigned int flags');
const tryOpen = answering('long syscall(long number, int pid, unsigned int flags)');
const { ESRCH, ENOENT, EINVAL } = constants.errno;
const nobody = [ESRCH, ENOENT, EINVAL];
const send = checkedSyscall(
  'pidfd_send_signal',
  SYS.pidfd_send_signal,
  'int fd, int signal, void *info, unsigned int flags',
);
const getfd = checkedSyscall(
  'pidfd_getfd',
  SYS.pidfd_getfd,
  'int fd, int target, unsigned int flags',
);
const poll = checked('poll', 'int poll(void *fds, unsigned long count, int timeout)');
const ioctlStruct = checked('ioctl', 'int ioctl(int fd, unsigned long request, void *argument)');
const ioctlNumber = checked('ioctl', 'int ioctl(int fd, unsigned long request, long argument)');
const openByHandle = checked(
  'open_by_handle_at',
  'int open_by_handle_at(int mount, void *handle, int flags)',
);

export interface PidfdInfo {
  readonly pid: number;
  readonly tgid: number;
  readonly ppid: number;
  readonly ruid: number;
  /** Raw wait status; null until the process was reaped (and below 6.15). */
  readonly exitCode: number | null;
  /** null where the kernel did not say (below 6.16). */
  readonly coreDumped: boolean | null;
}

/** Linux 5.3. Needs no permission. ESRCH: no such process; ENOENT (6.9, EINVAL before): the number is a thread's. */
export function openPidfd(pid: number): Fd {
  return new Fd(open(pid, 0));
}

const handle = Buffer.alloc(16); // struct file_handle: u32 bytes, s32 type, payload
handle.writeUInt32LE(8, 0);
handle.writeInt32LE(FILEID_KERNFS, 4);

/**
 * Linux 6.17 (FD_PIDFS_ROOT). No number is involved: the inode names the process for this boot. ESTALE: reaped, or
 * outside the caller's PID namespace. Opens threads too, so compare pid and tgid afterwards.
 */
export function openPidfdByInode(inode: bigint): Fd {
  handle.writeBigUInt64LE(inode, 8);
  return new Fd(openByHandle(FD_PIDFS_ROOT, handle, O_CLOEXEC));
}

/**
 * null: nobody has the number. No exception then, which would cost ten times the call: after a storm of short lives most
 * numbers have nobody. ENOENT (6.9) and EINVAL (before): it is a thread's. EINVAL also came for a dying leader until
 * 6.14, so it means "no process here" and the caller looks closer.
 */
export function tryOpenPidfd(pid: number): Fd | null {
  const result = tryOpen(SYS.pidfd_open, pid, 0);
  if (result >= 0) return new Fd(result);
  if (nobody.includes(-result)) return null;
  throw new SysError('pidfd_open', -result);
}

/** Before 6.9 all pidfds share one anonymous inode, which names nobody. */
export function isOnPidfs(pidfd: Fd): boolean {
  return fileSystemType(pidfd) === PID_FS_MAGIC;
}

/** Linux 6.9: a pidfd of one thread. Before, EINVAL. */
export function openThreadPidfd(tid: number): Fd {
  return new Fd(open(tid, PIDFD_THREAD));
}

/**
 * Linux 5.1; `flags` (the scope) 6.9. Signal 0 asks only. ESRCH: reaped; EPERM: as kill(2); 0 on a zombie.
 * `value` goes along as sigqueue(3) sends it.
 */
export function sendSignal(pidfd: Fd, signal: number, flags = 0, value?: number): void {
  const info = value === undefined ? null : queuedInfo(signal, value);
  send(pidfd.number, signal, info, flags);
}

const pollBuffer = Buffer.alloc(8); // struct pollfd: s32 fd, s16 events, s16 revents

function pollNow(pidfd: Fd, events: number): number {
  pollBuffer.writeInt32LE(pidfd.number, 0);
  pollBuffer.writeInt16LE(events, 4);
  poll(pollBuffer, 1, 0);
  return pollBuffer.readInt16LE(6);
}

/** Linux 5.3: readable once all threads have ended, reaped or not. Needs no permission and no procfs. */
export const hasExited = (pidfd: Fd): boolean => (pollNow(pidfd, POLLIN) & POLLIN) !== 0;

/** Linux 6.9: it has been reaped. Reported unasked, and at once. */
export const hasHungUp = (pidfd: Fd): boolean => (pollNow(pidfd, 0) & POLLHUP) !== 0;

/** siginfo_t of 128 bytes: signo, errno, code, then from 16 pid, uid and the value (asm-generic/siginfo.h). */
function queuedInfo(signal: number, value: number): Buffer {
  const info = Buffer.alloc(128);
  info.writeInt32LE(signal, 0);
  info.writeInt32LE(SI_QUEUE, 8);
  info.writeInt32LE(process.pid, 16);
  info.writeUInt32LE(process.getuid?.() ?? 0, 20);
  info.writeInt32LE(value, 24);
  return info;
}

const infoBuffer = Buffer.alloc(PIDFD_INFO_SIZE);

/** Linux 6.13. Needs no permission. EREMOTE: outside the caller's PID namespace; ESRCH: reaped, below 6.15. */
export function pidfdInfo(pidfd: Fd): PidfdInfo {
  infoBuffer.fill(0);
  infoBuffer.writeUInt32LE(0x7 | PIDFD_INFO_EXIT | PIDFD_INFO_COREDUMP, 0); // of 64 bits
  ioctlStruct(pidfd.number, PIDFD_GET_INFO, infoBuffer);
  const mask = infoBuffer.readUInt32LE(0); // what was answered, not what was asked
  return {
    pid: infoBuffer.readUInt32LE(16),
    tgid: infoBuffer.readUInt32LE(20),
    ppid: infoBuffer.readUInt32LE(24),
    ruid: infoBuffer.readUInt32LE(28),
    exitCode: mask & PIDFD_INFO_EXIT ? infoBuffer.readInt32LE(60) : null,
    coreDumped:
      mask & PIDFD_INFO_COREDUMP ? (infoBuffer.readUInt32LE(64) & PIDFD_COREDUMPED) !== 0 : null,
  };
}

/** Linux 6.11. EACCES without PTRACE_MODE_READ; ESRCH on a zombie; EOPNOTSUPP where the type is not built in. */
export function openNamespaceOf(pidfd: Fd, type: keyof typeof PIDFD_GET_NAMESPACE): Fd {
  return new Fd(ioctlNumber(pidfd.number, PIDFD_GET_NAMESPACE[type], 0));
}

export function openPidNamespaceOf(pidfd: Fd): Fd {
  return openNamespaceOf(pidfd, 'pid');
}

/**
 * Asks the kernel's own ptrace question without touching the target: permission is checked before the descriptor is
 * looked up (kernel/pid.c, __pidfd_fget), so an impossible one never opens. EPERM: no; EBADF: yes; ESRCH: yes, a zombie.
 */
export function askPtrace(pidfd: Fd): never {
  getfd(pidfd.number, 0x7ffffff0, 0);
  throw new Error('pidfd_getfd opened a descriptor that cannot exist');
}

/**
 * `Pid:` and `NSpid:` of a pidfd, read from struct pid itself: no number is looked up. `procRoot` must be a procfs of the
 * caller's own PID namespace; NSpid starts at that procfs' level. Both read -1 once reaped.
 */
export function readPidfdInfoText(pidfd: Fd, procRoot: Fd): string {
  using file = openFile(`self/fdinfo/${pidfd.number}`, procRoot);
  return readView(file).toString('latin1');
}
