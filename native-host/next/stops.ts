/**
 * Processes that stand still until a debugger is there. Whatever happens to us, they go on: a guardian continues them
 * when we cannot.
 */
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { IdentityTier, ProcessKey } from '../protocol.js';
import { SIGCONT, SIGSTOP } from '../signals/signalTable.js';
import { Guardian } from '../tree/guardian.js';

export class Stops implements Disposable {
  private readonly stopped = new Map<ProcessKey, PidFd>();
  private guarded = true;

  private constructor(
    private readonly guardian: Guardian,
    private readonly log: (message: string) => void,
  ) {
    guardian.ended.catch((error: unknown) => this.onGuardianLost(error));
  }

  /** Resolves when the guardian answers. @throws HostError: there is none, so nothing may be stopped */
  static async begin(
    script: string,
    tier: IdentityTier,
    log: (message: string) => void,
  ): Promise<Stops> {
    const guardian = new Guardian(script, tier);
    try {
      await guardian.release();
      return new Stops(guardian, log);
    } catch (error) {
      guardian[Symbol.dispose]();
      throw error;
    }
  }

  /** True: it stops, and is ours to continue. The process stays the caller's, and must outlive `continue`. */
  stop(process: PidFd): boolean {
    if (!this.guarded) return false;
    this.stopped.set(process.key, process);
    // Not waited for: what is written stands in the guardian's socket before the signal is sent, and is read even when
    // we are killed in between. Each millisecond here is one that the process runs on.
    this.tell(this.guardian.guard([process.key]));
    if (send(process, SIGSTOP)) return true;
    this.forget(process.key);
    return false;
  }

  /** For one that stops by itself: resolves when it is guarded. @throws HostError */
  async expect(process: PidFd): Promise<void> {
    this.stopped.set(process.key, process);
    await this.guardian.guard([process.key]);
  }

  /** Idempotent. */
  continue(key: ProcessKey): void {
    const process = this.stopped.get(key);
    if (!process) return;
    send(process, SIGCONT);
    this.forget(key);
  }

  /** All of them go on: whom we cannot continue, the guardian continues at its end, since it knows them still. */
  [Symbol.dispose](): void {
    try {
      for (const key of [...this.stopped.keys()]) this.continue(key);
    } finally {
      this.stopped.clear();
      this.guardian[Symbol.dispose]();
    }
  }

  /** Together, so that none is unguarded for a moment: a second SIGCONT does nothing to those that went on before. */
  private forget(key: ProcessKey): void {
    this.stopped.delete(key);
    if (this.stopped.size === 0 && this.guarded) this.tell(this.guardian.release());
  }

  /** One that has not answered in time is mute for good, and told of nobody any more: as good as none. */
  private tell(told: Promise<void>): void {
    told.catch((error: unknown) => this.onGuardianLost(error));
  }

  /** Nobody would continue them if we were killed, so they are not kept waiting. */
  private onGuardianLost(error: unknown): void {
    this.guarded = false;
    if (this.stopped.size > 0) this.log(`continued without a debugger: ${String(error)}`);
    for (const process of this.stopped.values()) send(process, SIGCONT);
    this.stopped.clear();
  }
}

/** False: it has ended, or we may not. */
function send(process: PidFd, signal: number): boolean {
  try {
    process.signal(signal);
    return true;
  } catch (error) {
    if (SysError.is(error, 'ESRCH', 'EPERM', 'EINVAL')) return false;
    throw error;
  }
}
