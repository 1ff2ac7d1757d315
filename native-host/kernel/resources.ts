/** getrlimit(2), setrlimit(2), sysconf(3), and the size of the kernel's table of descriptors. */
import { F_DUPFD_CLOEXEC, RLIMIT_NOFILE, SC_CLK_TCK, SC_PAGESIZE } from './constants.js';
import { Fd } from './fd.js';
import { asynchronous, checked } from './libc.js';

const getrlimit = checked('getrlimit', 'int getrlimit(int resource, void *limits)');
const setrlimit = checked('setrlimit', 'int setrlimit(int resource, void *limits)');
const fcntl = asynchronous('int fcntl(int fd, int command, long argument)');
const sysconf = checked('sysconf', 'long sysconf(int name)');

/** Raises the soft limit of open files to the hard one: one held target costs one descriptor. Returns the limit. */
export function raiseOpenFileLimit(): number {
  const limits = Buffer.alloc(16); // struct rlimit: soft, hard; 64 bits each on 64-bit machines
  getrlimit(RLIMIT_NOFILE, limits);
  limits.writeBigUInt64LE(limits.readBigUInt64LE(8), 0);
  setrlimit(RLIMIT_NOFILE, limits);
  return Number(limits.readBigUInt64LE(0));
}

/**
 * Makes room for so many descriptors at once, on libuv's pool. The kernel doubles a table that is too small, and in a
 * program with threads each time waits until nobody reads the old one (expand_files, fs/file.c): some 10 ms of standing
 * still. A table never shrinks. Without the room, or where the limit forbids so many, all goes on as it is.
 */
export function makeRoomForFiles(count: number): Promise<void> {
  return new Promise((resolve) => {
    fcntl([0, F_DUPFD_CLOEXEC, count - 1], (result) => {
      if (result >= 0) new Fd(result)[Symbol.dispose]();
      resolve();
    });
  });
}

/** Clock ticks a second, the unit of start times in /proc/PID/stat. */
export function clockTicksPerSecond(): number {
  return sysconf(SC_CLK_TCK);
}

/** Bytes, the unit of memory in /proc/PID/stat. */
export function pageSize(): number {
  return sysconf(SC_PAGESIZE);
}
