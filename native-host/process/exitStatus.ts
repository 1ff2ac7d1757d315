import { SysError } from '../kernel/sysError.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import type { ExitSource, ExitStatus } from '../protocol.js';
import type { PidFd } from './pidFd.js';

export interface Ending {
  readonly status: ExitStatus;
  readonly source: ExitSource;
}

export const lost: Ending = { status: { kind: 'unknown', reason: 'lost' }, source: 'none' };

/** Raw wait status as in wait(2): low seven bits the signal, bit 7 the core flag, the next byte the exit code. */
export function decodeWaitStatus(raw: number, coreDumped: boolean | null): ExitStatus {
  const signal = raw & 0x7f;
  if (signal === 0) return { kind: 'exited', code: (raw >> 8) & 0xff };
  return { kind: 'signaled', signal, coreDumped: (raw & 0x80) !== 0 ? true : coreDumped };
}

/**
 * The status of anyone, child or not, once it was reaped: PIDFD_INFO_EXIT, Linux 6.15. EPOLLHUP must have been seen
 * before. null where this kernel does not keep it.
 */
export function statusFromPidfd(process: PidFd): Ending | null {
  try {
    const info = process.info();
    if (info.exitCode === null) return null;
    return { status: decodeWaitStatus(info.exitCode, info.coreDumped), source: 'pidfd' };
  } catch (error) {
    if (error instanceof SysError) return null; // ENOTTY below 6.13, ESRCH below 6.15
    throw error;
  }
}

/**
 * The status of a zombie, for kernels without PIDFD_INFO_EXIT: field 52 of its stat, which reads 0 without permission,
 * so a 0 is believed only where the kernel says that we may trace it.
 */
export function statusFromZombie(process: PidFd, root: ProcRoot | null): Ending {
  const bytes = root?.tryRead(`${process.pid}/stat`);
  const stat = bytes ? parseStat(bytes) : null;
  if (stat?.state !== 'Z') return lost;
  const isTrue = stat.exitCode !== 0 || process.mayTrace() === true;
  if (process.isReaped()) return lost; // asked last: of one that was reaped, neither says a thing
  if (!isTrue) return { status: { kind: 'unknown', reason: 'permission' }, source: 'none' };
  return { status: decodeWaitStatus(stat.exitCode, null), source: 'zombie' };
}
