import { HostError, isExhaustion } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { isPidNamespace } from '../kernel/nsfs.js';
import type { SlowReads } from '../procfs/slowReads.js';

/**
 * A PID namespace by the path of its nsfs file, in our own mount namespace. Any path may be asked for: it is opened off
 * the loop and without waiting for a writer, should it be a FIFO, and asked nothing before it is known to be nsfs.
 * @throws HostError Gone, Denied, Exhausted, Invalid: something else is there
 */
export async function openNsfsFile(path: string, slow: SlowReads): Promise<Fd> {
  const file = await slow.open(path);
  if (file === null) throw new HostError('Unsupported', `${path} could not be opened in time`);
  if (typeof file === 'string') throw notOpened(path, file);
  if (isPidNamespaceOrClose(file)) return file;
  throw new HostError('Invalid', `${path} is no PID namespace`);
}

function notOpened(path: string, code: string): HostError {
  const message = `${path} cannot be opened (${code})`;
  if (isExhaustion({ code })) return new HostError('Exhausted', message, { cause: { code } });
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESRCH')
    return new HostError('Gone', message);
  return new HostError(code === 'EACCES' || code === 'EPERM' ? 'Denied' : 'Invalid', message);
}

function isPidNamespaceOrClose(file: Fd): boolean {
  let is = false;
  try {
    is = isPidNamespace(file);
    return is;
  } finally {
    if (!is) file[Symbol.dispose]();
  }
}
