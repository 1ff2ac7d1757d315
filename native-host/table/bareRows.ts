import { SysError } from '../kernel/sysError.js';
import type { PidfdInfo } from '../kernel/pidfd.js';
import type { PidFd } from '../process/pidFd.js';
import type { Users } from '../procfs/users.js';
import type { ProcessRow, ProgramId } from '../protocol.js';

/** Who reads one held process into a row; null: gone. */
export interface RowSource {
  readOpened(process: PidFd): Promise<ProcessRow | null>;
}

/** Rows without any procfs: what PIDFD_GET_INFO tells (6.13), and for the rest that it is not known. */
export class BareRows implements RowSource {
  constructor(private readonly users: Users) {}

  readOpened(process: PidFd): Promise<ProcessRow | null> {
    const info = tryInfo(process);
    return Promise.resolve(process.isReaped() ? null : this.row(process, info));
  }

  private row({ key, pid }: PidFd, info: PidfdInfo | null): ProcessRow {
    const uid = info?.ruid ?? null;
    return {
      ...{ key, pid, ppid: info?.ppid ?? 0, parentKey: null },
      ...{ uid, user: this.users.name(uid) },
      ...{ state: '?', startedAt: null, comm: '', args: [], argsCut: false, exe: null },
      ...{ kind: 'native', program: '?' as ProgramId },
    };
  }
}

/** null: reaped, or below 6.13. */
function tryInfo(process: PidFd): PidfdInfo | null {
  try {
    return process.info();
  } catch (error) {
    if (SysError.is(error)) return null;
    throw error;
  }
}
