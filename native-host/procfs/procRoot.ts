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
import { SysError } from '../kernel/sysError.js';

export type ProcfsFault = 'missing' | 'notProcfs' | 'foreign';

export class ProcfsError extends Error {
  constructor(readonly fault: ProcfsFault) {
    super(`/proc is ${fault}`);
    this.name = 'ProcfsError';
  }
}

function openChecked(): Fd {
  const directory = openDirectory('/proc');
  try {
    if (fileSystemType(directory) !== PROC_SUPER_MAGIC) throw new ProcfsError('notProcfs');
    // A procfs of another PID namespace names us by another number, or not at all.
    if (readLink('self', directory) !== String(process.pid)) throw new ProcfsError('foreign');
    return directory;
  } catch (error) {
    directory[Symbol.dispose]();
    throw SysError.is(error, 'ENOENT') ? new ProcfsError('foreign') : error;
  }
}

export class ProcRoot implements Disposable {
  private constructor(readonly directory: Fd) {}

  /** The procfs of our own PID namespace. @throws ProcfsError */
  static open(): ProcRoot {
    try {
      return new ProcRoot(openChecked());
    } catch (error) {
      if (SysError.is(error, 'ENOENT', 'ENOTDIR')) throw new ProcfsError('missing');
      throw error;
    }
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
    using file = this.open(path);
    return readView(file);
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

  tryOpen(path: string): Fd | null {
    return orNull(() => this.open(path));
  }

  [Symbol.dispose](): void {
    this.directory[Symbol.dispose]();
  }
}

/** null where the process is gone, or the kernel refuses to tell. @throws SysError for anything else, such as EMFILE */
export function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (SysError.is(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL')) return null;
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
