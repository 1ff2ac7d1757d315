/** getrlimit(2), setrlimit(2), sysconf(3). */
import { RLIMIT_NOFILE, SC_CLK_TCK, SC_PAGESIZE } from './constants.js';
import { checked } from './libc.js';

const getrlimit = checked('getrlimit', 'int getrlimit(int resource, void *limits)');
const setrlimit = checked('setrlimit', 'int setrlimit(int resource, void *limits)');
const sysconf = checked('sysconf', 'long sysconf(int name)');

/** Raises the soft limit of open files to the hard one: one held target costs one descriptor. Returns the limit. */
export function raiseOpenFileLimit(): number {
  const limits = Buffer.alloc(16); // struct rlimit: soft, hard; 64 bits each on 64-bit machines
  getrlimit(RLIMIT_NOFILE, limits);
  limits.writeBigUInt64LE(limits.readBigUInt64LE(8), 0);
  setrlimit(RLIMIT_NOFILE, limits);
  return Number(limits.readBigUInt64LE(0));
}

/** Clock ticks a second, the unit of start times in /proc/PID/stat. */
export function clockTicksPerSecond(): number {
  return sysconf(SC_CLK_TCK);
}

/** Bytes, the unit of memory in /proc/PID/stat. */
export function pageSize(): number {
  return sysconf(SC_PAGESIZE);
}
