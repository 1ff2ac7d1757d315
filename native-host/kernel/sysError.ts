import { constants } from 'node:os';

/** Those of asm-generic/errno.h that Node leaves out; the same on x86-64 and arm64. */
const more = { EREMOTE: 66 } as const;

const names = new Map<number, string>(
  Object.entries({ ...constants.errno, ...more }).map(([name, number]) => [number, name]),
);
names.set(constants.errno.EAGAIN, 'EAGAIN'); // EWOULDBLOCK is the same number

export type ErrnoName = keyof typeof constants.errno | keyof typeof more | 'UNKNOWN';

/** A system call that failed. `code` is the errno's name ("ESRCH"), as errno(3) lists them. */
export class SysError extends Error {
  readonly code: ErrnoName;

  constructor(
    readonly syscall: string,
    readonly errno: number,
  ) {
    const code = (names.get(errno) ?? 'UNKNOWN') as ErrnoName;
    super(`${syscall} ${code}`);
    this.name = 'SysError';
    this.code = code;
  }

  static is(error: unknown, ...codes: ErrnoName[]): error is SysError {
    return error instanceof SysError && (codes.length === 0 || codes.includes(error.code));
  }
}
