import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import type { ProcessKey } from '../protocol.js';
import { parseKey } from './identity.js';
import { PidFd } from './pidFd.js';
import { ProcessOpener } from './processOpener.js';

/**
 * Believes that a number still means whom it meant, as other tools do: when a key is opened, when a list was read, and
 * after something was read by number. Only for the proof that our tests would notice (test/proof); nothing but a test
 * can switch it on.
 */
export class TrustingOpener extends ProcessOpener {
  override byKey(key: string): PidFd {
    const identity = parseKey(key);
    if (!identity) throw new HostError('Invalid', 'not a process key');
    return this.byNumber(identity.pid);
  }

  override tryListed(pid: number): PidFd | null {
    return this.tryNumber(pid);
  }

  protected override held(fd: Fd, pid: number, key: ProcessKey): PidFd {
    return new TrustingPidFd(fd, pid, key);
  }
}

class TrustingPidFd extends PidFd {
  override isReaped(): boolean {
    return false;
  }
}
