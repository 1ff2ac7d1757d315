import { SysError } from '../kernel/sysError.js';
import type { Known, UnknownReason } from '../protocol.js';

export function unknown(reason: UnknownReason): { unknown: UnknownReason } {
  return { unknown: reason };
}

/** What `read` gives, or why the kernel does not tell it. @throws SysError for anything else, such as EMFILE */
export function known<T>(read: () => T): Known<T> {
  try {
    return { value: read() };
  } catch (error) {
    return unknown(reasonOf(error));
  }
}

function reasonOf(error: unknown): UnknownReason {
  if (SysError.is(error, 'EACCES', 'EPERM')) return 'permission';
  if (SysError.is(error, 'ESRCH')) return 'gone';
  // A kernel thread's exe, a namespace type not built in; a path of more than a page, see `orNull`.
  if (SysError.is(error, 'ENOENT', 'ENAMETOOLONG')) return 'unsupported';
  throw error;
}
