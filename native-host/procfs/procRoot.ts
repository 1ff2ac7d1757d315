/**
 * A procfs by descriptor, never by the path /proc: what is mounted there may be foreign, covered or missing.
 * Files below PID/ that are already open stay bound to their process: they answer ESRCH after its death, never the
 * next owner's data.
 */
import { PROC_SUPER_MAGIC } from '../kernel/constants.js';
import type { Fd } from '../kernel/fd.js';
import {
  fileSystemType,
  listDirectory,
  openDirectory,
  openFile,
  readLink,
  readView,
} from '../kernel/files.js';
import { openPrivateProcfs } from '../kernel/privateProcfs.js';
import { SysError } from '../kernel/sysError.js';
import type { ProcfsFault } from '../protocol.js';
import { fieldNumbers } from './status.js';

export class ProcfsError extends Error {
  constructor(readonly fault: ProcfsFault) {
    super(`/proc is ${fault}`);
    this.name = 'ProcfsError';
  }
}

/** What is mounted at /proc. @throws ProcfsError */
function openMounted(): Fd {
  const directory = openProcDirectory();
  try {
    if (fileSystemType(directory) !== PROC_SUPER_MAGIC) {
      throw new ProcfsError(isEmpty(directory) ? 'missing' : 'notProcfs');
    }
    if (!isOurs(directory)) throw new ProcfsError('foreign');
    return directory;
  } catch (error) {
    directory[Symbol.dispose]();
    throw SysError.is(error, 'ENOENT') ? new ProcfsError('foreign') : error;
  }
}

/** Where one would be mounted. */
const isEmpty = (directory: Fd) =>
  [...listDirectory(directory)].every((name) => name === '.' || name === '..');

function openProcDirectory(): Fd {
  try {
    return openDirectory('/proc');
  } catch (error) {
    throw SysError.is(error, 'ENOENT', 'ENOTDIR') ? new ProcfsError('missing') : error;
  }
}

/**
 * A procfs of a PID namespace outside ours names us by another number, which may happen to be the same one, and knows
 * more numbers of us than one; a procfs of any other does not know us at all.
 */
function isOurs(directory: Fd): boolean {
  if (readLink('self', directory) !== String(process.pid)) return false;
  using status = openFile('self/status', directory);
  return fieldNumbers(readView(status).toString('latin1'), 'NSpid').length <= 1;
}

function tryPrivate(): Fd | null {
  try {
    return openPrivateProcfs(null);
  } catch (error) {
    if (SysError.is(error)) return null; // not permitted, or below 5.8
    throw error;
  }
}

export class ProcRoot implements Disposable {
  private constructor(
    readonly directory: Fd,
    /** What is wrong with /proc, so that this one is private; null where this is /proc. */
    readonly fault: ProcfsFault | null,
  ) {}

  /** The procfs of our own PID namespace: /proc, else a private one. @throws ProcfsError */
  static open(): ProcRoot {
    try {
      return new ProcRoot(openMounted(), null);
    } catch (error) {
      const directory = error instanceof ProcfsError ? tryPrivate() : null;
      if (!directory || !(error instanceof ProcfsError)) throw error;
      return new ProcRoot(directory, error.fault);
    }
  }

  /** A private procfs of another PID namespace: its own numbers, and no `self`. @throws SysError EPERM, EINVAL */
  static ofNamespace(namespace: Fd): ProcRoot {
    return new ProcRoot(openPrivateProcfs(namespace), null);
  }

  /** Numbers that had a process while the directory was read. They prove nothing: bind each by a pidfd. */
  pids(): number[] {
    return numbersIn(this.directory);
  }

  /** Numbers of a directory below, such as `PID/task`; empty where the process is gone. */
  tryNumbers(path: string): number[] {
    using directory = orNull(() => openDirectory(path, this.directory));
    return (directory && orNull(() => numbersIn(directory))) ?? [];
  }

  /** At most 64 KiB; the view is valid until the next read. @throws SysError */
  read(path: string): Buffer {
    const file = this.open(path);
    try {
      return readView(file); // by far most of what is opened: what `using` is compiled to would cost as much as the read
    } finally {
      file[Symbol.dispose]();
    }
  }

  /** Whatever its size. null where the process is gone or the kernel refuses. */
  tryReadWhole(path: string): Buffer | null {
    return orNull(() => {
      using file = this.open(path);
      const parts: Buffer[] = [];
      for (;;) {
        const part = readView(file);
        if (part.length === 0) return Buffer.concat(parts);
        parts.push(Buffer.from(part)); // the view is overwritten by the next read
      }
    });
  }

  /** null where the process is gone or the kernel refuses. @throws SysError for anything else, such as EMFILE */
  tryRead(path: string): Buffer | null {
    return orNull(() => this.read(path));
  }

  tryLink(path: string): string | null {
    return orNull(() => readLink(path, this.directory));
  }

  /** @throws SysError */
  link(path: string): string {
    return readLink(path, this.directory);
  }

  open(path: string): Fd {
    return openFile(path, this.directory);
  }

  /**
   * For who opens by path, off the loop. null where this is not what is mounted at /proc: numbers are other processes'
   * there. Of our own PID namespace's procfs alone.
   */
  pathOf(path: string): string | null {
    return this.fault === null ? `/proc/${path}` : null;
  }

  tryOpen(path: string): Fd | null {
    return orNull(() => this.open(path));
  }

  [Symbol.dispose](): void {
    this.directory[Symbol.dispose]();
  }
}

/**
 * null where the process is gone, or the kernel refuses to tell: ENAMETOOLONG for a link to where a path of more than a
 * page leads (do_proc_readlink in fs/proc/base.c). @throws SysError for anything else, such as EMFILE
 */
export function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (SysError.is(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL', 'ENAMETOOLONG'))
      return null;
    throw error;
  }
}

function numbersIn(directory: Fd): number[] {
  const numbers: number[] = [];
  for (const name of listDirectory(directory)) {
    const number = Number(name);
    if (number > 0) numbers.push(number);
  }
  return numbers;
}
