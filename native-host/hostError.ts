import { SysError, type ErrnoName } from './kernel/sysError.js';
import type { ErrorData, ErrorKind, ProcessRow } from './protocol.js';

export interface HostErrorDetails {
  readonly cause?: unknown;
  readonly pid?: number;
  readonly row?: ProcessRow;
  readonly limit?: number;
}

/** A failure that the client can explain to a person: what kind, about which process. */
export class HostError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly details: HostErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'HostError';
  }

  static is(error: unknown, kind: ErrorKind): error is HostError {
    return error instanceof HostError && error.kind === kind;
  }
}

const kinds: Partial<Record<ErrnoName, ErrorKind>> = {
  ESRCH: 'Gone',
  ESTALE: 'Gone', // open_by_handle_at on a reaped process
  EPERM: 'Denied',
  EACCES: 'Denied',
  ENOSYS: 'Unsupported',
  ENOTTY: 'Unsupported',
  EOPNOTSUPP: 'Unsupported',
  EREMOTE: 'Invisible',
  EMFILE: 'Exhausted',
  ENFILE: 'Exhausted',
  ENOMEM: 'Exhausted',
  ENOBUFS: 'Exhausted',
  ENOSPC: 'Exhausted', // epoll_ctl: fs.epoll.max_user_watches
  EAGAIN: 'Exhausted', // no more processes, or locked memory: of no process in particular
  EINTR: 'Exhausted', // again and again
};

/** Text of whatever was thrown, with where. */
export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** What a failed system call means where nothing nearer to it knew better. */
export function toHostError(error: unknown, details: HostErrorDetails = {}): HostError {
  if (error instanceof HostError) return error;
  const kind = SysError.is(error) ? (kinds[error.code] ?? 'Internal') : kindOfOther(error);
  const message = error instanceof Error ? error.message : String(error);
  return new HostError(kind, message, { ...details, cause: error });
}

/** V8 has no code for it: `new ArrayBuffer` throws a RangeError where malloc gives nothing. */
const isOutOfBuffers = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes('allocation failed');

const kindOfOther = (error: unknown): ErrorKind => (isExhaustion(error) ? 'Exhausted' : 'Internal');

/** Of these `limit` says nothing. */
const notOfFiles = ['EAGAIN', 'EINTR', 'ENOBUFS', 'ENOMEM', 'ENOSPC'];
const exhaustion = new Set<unknown>(['EMFILE', 'ENFILE', ...notOfFiles]);

/**
 * Out of descriptors, of memory or of a disk: of no process in particular, and maybe over in a moment. Node's own errors
 * included.
 */
export function isExhaustion(error: unknown): boolean {
  if (HostError.is(error, 'Exhausted') || isOutOfBuffers(error)) return true;
  return exhaustion.has((error as NodeJS.ErrnoException | null)?.code);
}

/** Not about memory or processes, where one is named. */
function isAboutFiles(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return !notOfFiles.includes(code ?? '') && !isOutOfBuffers(cause);
}

/** What goes over the pipe. `limit`: how many files may be open. */
export function toErrorData(error: HostError, limit: number): ErrorData {
  const { cause, pid, row } = error.details;
  return {
    kind: error.kind,
    cause: cause instanceof Error ? cause.message : null,
    pid: pid ?? row?.pid ?? null,
    row: row ?? null,
    limit: error.kind === 'Exhausted' && isAboutFiles(cause) ? limit : null,
  };
}
