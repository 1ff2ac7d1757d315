/** Files, directories and links through directory descriptors: open(2), read(2), readlinkat(2), getdents64(2), fstatfs(2). */
import { constants, open as openOnPool, read as readOnPool } from 'node:fs';
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_STATX_DONT_SYNC,
  AT_SYMLINK_NOFOLLOW,
  O_CLOEXEC,
  O_DIRECTORY,
  O_RDONLY,
  STATX_INO,
  STATX_NLINK,
  STATX_UID,
  SYS,
} from './constants.js';
import { Fd } from './fd.js';
import { checked, checkedSyscall } from './libc.js';
import { SysError } from './sysError.js';

const openat = checked('openat', 'int openat(int dir, const char *path, int flags)');
const read = checked('read', 'long read(int fd, void *buffer, size_t size)');
const readlinkat = checked(
  'readlinkat',
  'long readlinkat(int dir, const char *path, void *buffer, size_t size)',
);
const fstatfs = checked('fstatfs', 'int fstatfs(int fd, void *buffer)');
const getdents64 = checkedSyscall(
  'getdents64',
  SYS.getdents64,
  'int fd, void *buffer, size_t size',
);
const statx = checked(
  'statx',
  'int statx(int dir, const char *path, int flags, unsigned int mask, void *buffer)',
);
const lseek = checked('lseek', 'long lseek(int fd, long offset, int whence)');

// One scratch buffer serves all synchronous reads: nothing else can run between a call and the copy of its result.
const scratch = Buffer.alloc(64 * 1024);

export function openFile(path: string, directory?: Fd): Fd {
  return new Fd(openat(directory?.number ?? AT_FDCWD, path, O_RDONLY | O_CLOEXEC));
}

export function openDirectory(path: string, directory?: Fd): Fd {
  const flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  return new Fd(openat(directory?.number ?? AT_FDCWD, path, flags));
}

/** The first 64 KiB at most: enough for stat, status, fdinfo. The view is valid until the next call. */
export function readView(file: Fd): Buffer {
  return scratch.subarray(0, read(file.number, scratch, scratch.length));
}

export function readLink(path: string, directory: Fd): string {
  const length = readlinkat(directory.number, path, scratch, scratch.length);
  return scratch.toString('utf8', 0, length);
}

/** Into a buffer of the caller's, for who compares bytes and makes no text of them. Gives their number. */
export function readLinkInto(path: string, directory: Fd, buffer: Buffer): number {
  return readlinkat(directory.number, path, buffer, buffer.length);
}

/**
 * Opens on libuv's pool, for files on mounts that may never answer; libuv adds O_CLOEXEC. O_NONBLOCK: no FIFO waits for a
 * writer. Calls back with the errno's name on any error.
 */
export function openOffLoop(
  path: string,
  done: (opened: Fd | string) => void,
  flags: 'waiting' | 'nonBlocking' = 'waiting',
): void {
  const more = flags === 'nonBlocking' ? constants.O_NONBLOCK : 0;
  openOnPool(path, constants.O_RDONLY | more, (error, number) =>
    done(error ? (error.code ?? error.message) : new Fd(number)),
  );
}

/** Reads on libuv's pool, for files whose read can wait for another process' locks. Calls back with null on any error. */
export function readOffLoop(file: Fd, buffer: Buffer, done: (bytes: number | null) => void): void {
  readOnPool(file.number, buffer, 0, buffer.length, null, (error, bytes) =>
    done(error ? null : bytes),
  );
}

/** Where the next read begins. False: there is no such place, or nothing can be sought there. */
export function trySeek(file: Fd, offset: number): boolean {
  try {
    lseek(file.number, offset, 0);
    return true;
  } catch (error) {
    if (SysError.is(error)) return false;
    throw error;
  }
}

/** struct statfs: f_type is the first field, a long (sys/statfs.h). */
export function fileSystemType(file: Fd): number {
  const buffer = Buffer.alloc(128);
  fstatfs(file.number, buffer);
  return buffer.readUInt32LE(0);
}

/**
 * Hard links of what a magic link of procfs leads to. AT_STATX_DONT_SYNC: a network or FUSE file system is not asked, so
 * a mount that never answers cannot stop us.
 */
export function linkCount(path: string, directory: Fd): number {
  statx(directory.number, path, AT_STATX_DONT_SYNC, STATX_NLINK, statxBuffer);
  return statxBuffer.readUInt32LE(16);
}

/** stx_uid is at 20. Who owns a file of procfs says whether its process may be dumped (task_dump_owner, fs/proc/base.c). */
export function ownerOf(path: string, directory: Fd): number {
  statx(directory.number, path, AT_STATX_DONT_SYNC, STATX_UID, statxBuffer);
  return statxBuffer.readUInt32LE(20);
}

/** Whether there is such a file or link. Links are not followed: what they say may be meant for another root. */
export function exists(path: string, directory: Fd): boolean {
  try {
    const flags = AT_STATX_DONT_SYNC | AT_SYMLINK_NOFOLLOW;
    statx(directory.number, path, flags, STATX_NLINK, statxBuffer);
    return true;
  } catch (error) {
    if (SysError.is(error)) return false;
    throw error;
  }
}

const statxBuffer = Buffer.alloc(256);

/** statx(2), Linux 4.11: its struct is the same on every architecture, unlike stat's: stx_nlink at 16, stx_ino at 32. */
export function inodeOf(file: Fd): bigint {
  statx(file.number, '', AT_EMPTY_PATH, STATX_INO, statxBuffer);
  return statxBuffer.readBigUInt64LE(32);
}

/** struct linux_dirent64: u64 ino, s64 off, u16 reclen at 16, u8 type at 18, name at 19 (getdents64(2)). */
export function* listDirectory(directory: Fd): Generator<string> {
  lseek(directory.number, 0, 0);
  const names: string[] = [];
  for (;;) {
    const bytes = getdents64(directory.number, scratch, scratch.length);
    if (bytes === 0) return;
    for (let at = 0; at < bytes; at += scratch.readUInt16LE(at + 16)) {
      const start = at + 19;
      names.push(scratch.toString('latin1', start, scratch.indexOf(0, start)));
    }
    yield* names.splice(0);
  }
}
