/**
 * Numbers of the kernel's user-space interface, each group under the header that defines it.
 * System calls since 5.0 have one number on every architecture; only older ones differ.
 */

/** asm/unistd_64.h, asm-generic/unistd.h */
export const SYS = {
  getdents64: process.arch === 'arm64' ? 61 : 217,
  pidfd_send_signal: 424, // 5.1
  fsopen: 430, // 5.2
  fsconfig: 431, // 5.2
  fsmount: 432, // 5.2
  pidfd_open: 434, // 5.3
  pidfd_getfd: 438, // 5.6
} as const;

/** fcntl.h */
export const AT_FDCWD = -100;
export const AT_SYMLINK_NOFOLLOW = 0x100;
export const AT_EMPTY_PATH = 0x1000;
export const O_RDONLY = 0;
export const O_NONBLOCK = 0o4000;
export const O_CLOEXEC = 0o2000000;
/** arm64 has its own value for O_DIRECTORY: arch/arm64/include/uapi/asm/fcntl.h */
export const O_DIRECTORY = process.arch === 'arm64' ? 0o40000 : 0o200000;

/** linux/mount.h */
export const FSOPEN_CLOEXEC = 0x1;
export const FSMOUNT_CLOEXEC = 0x1;
export const FSCONFIG_SET_STRING = 1;
export const FSCONFIG_SET_FD = 5;
export const FSCONFIG_CMD_CREATE = 6;
/** MOUNT_ATTR_NOSUID, _NODEV and _NOEXEC */
export const MOUNT_ATTR_HARMLESS = 0x2 | 0x4 | 0x8;

/** linux/stat.h */
export const STATX_NLINK = 0x4;
export const STATX_UID = 0x8;
export const STATX_INO = 0x100;
export const AT_STATX_DONT_SYNC = 0x4000;

/** linux/pidfd.h */
export const PIDFD_THREAD = 0o200; // 6.9, O_EXCL
export const FD_PIDFS_ROOT = -10002; // 6.17
export const PIDFD_SIGNAL_THREAD = 1 << 0; // 6.9
export const PIDFD_SIGNAL_THREAD_GROUP = 1 << 1; // 6.9
export const PIDFD_SIGNAL_PROCESS_GROUP = 1 << 2; // 6.9
export const PIDFD_INFO_EXIT = 1 << 3; // 6.15
export const PIDFD_INFO_COREDUMP = 1 << 4; // 6.16
/** _IOWR(0xFF, 11, struct pidfd_info of 72 bytes); kernels answer any size from 64 up and zero the tail. */
export const PIDFD_GET_INFO = 0xc048ff0b; // 6.13
export const PIDFD_INFO_SIZE = 72;
/** PIDFD_GET_*_NAMESPACE: _IO(0xFF, n), 6.11 */
export const PIDFD_GET_NAMESPACE = {
  cgroup: 0xff01,
  ipc: 0xff02,
  mnt: 0xff03,
  net: 0xff04,
  pid: 0xff05,
  time: 0xff07,
  user: 0xff09,
  uts: 0xff0a,
} as const;
export const PIDFD_COREDUMPED = 1 << 0;

/** asm-generic/siginfo.h */
export const SI_QUEUE = -1;

/** linux/nsfs.h */
export const NS_GET_USERNS = 0xb701; // 4.9
export const NS_GET_PARENT = 0xb702; // 4.9
export const NS_GET_NSTYPE = 0xb703; // 4.11, a CLONE_NEW* flag
export const NS_GET_OWNER_UID = 0xb704; // 4.11
export const NS_GET_PID_FROM_PIDNS = 0x8004b706; // 6.11
export const NS_GET_TGID_FROM_PIDNS = 0x8004b707; // 6.11
export const NS_GET_PID_IN_PIDNS = 0x8004b708; // 6.11
export const NS_GET_TGID_IN_PIDNS = 0x8004b709; // 6.11

/** linux/sched.h */
export const CLONE_NEWPID = 0x20000000;

/** linux/magic.h */
export const PROC_SUPER_MAGIC = 0x9fa0;
export const NSFS_MAGIC = 0x6e736673;
export const PID_FS_MAGIC = 0x50494446; // 6.9

/** linux/exportfs.h, fs/pidfs.c */
export const FILEID_KERNFS = 0xfe;

/** poll.h */
export const POLLIN = 0x001;
export const POLLHUP = 0x010;

/** sys/epoll.h */
export const EPOLL_CLOEXEC = O_CLOEXEC;
export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CTL_MOD = 3;
export const EPOLLIN = 0x001;
export const EPOLLHUP = 0x010;

/** sys/eventfd.h */
export const EFD_CLOEXEC = O_CLOEXEC;
export const EFD_NONBLOCK = 0o4000;

/** fcntl.h, asm-generic/fcntl.h, linux/fcntl.h */
export const F_SETFD = 2;
export const F_SETFL = 4;
export const F_SETOWN = 8;
export const F_SETSIG = 10;
export const F_DUPFD_CLOEXEC = 1030;
export const O_ASYNC = 0o20000;

/** signal.h */
export const SIG_DFL = 0;

/** sys/resource.h */
export const RLIMIT_NOFILE = 7;

/** linux/proc_ns.h: the first PID namespace of a machine always has this inode. */
export const PROC_PID_INIT_INO = 0xeffffffcn;

/** bits/confname.h, musl's unistd.h */
export const SC_CLK_TCK = 2;
export const SC_PAGESIZE = 30;

/** linux/netlink.h, linux/connector.h, linux/cn_proc.h */
export const AF_NETLINK = 16;
export const NETLINK_CONNECTOR = 11;
export const NLMSG_DONE = 3;
export const CN_IDX_PROC = 1;
export const CN_VAL_PROC = 1;
export const PROC_CN_MCAST_LISTEN = 1;
export const PROC_EVENT_NONE = 0; // the acknowledgement of LISTEN
export const PROC_EVENT_FORK = 0x1;
export const PROC_EVENT_EXEC = 0x2;
export const PROC_EVENT_UID = 0x4;
export const PROC_EVENT_PTRACE = 0x100;
export const PROC_EVENT_COMM = 0x200;
export const PROC_EVENT_EXIT = 0x80000000;

/** sys/socket.h */
export const SOCK_DGRAM = 2;
export const SOCK_CLOEXEC = O_CLOEXEC;
export const SOCK_NONBLOCK = 0o4000;
export const SOL_SOCKET = 1;
export const SO_RCVBUF = 8;
export const SO_RCVBUFFORCE = 33;

/** linux/prctl.h */
export const PR_SET_NAME = 15;
export const PR_GET_NAME = 16;
/** linux/ptrace.h */
export const PTRACE_DETACH = 17;

/** linux/capability.h */
export const CAP_SYS_PTRACE = 19;

/** linux/time.h */
export const CLOCK_THREAD_CPUTIME_ID = 3;
