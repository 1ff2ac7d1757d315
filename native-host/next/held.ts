import type { PidFd } from '../process/pidFd.js';
import type { ProcessKey } from '../protocol.js';
import type { Stops } from './stops.js';

/** Whom a wait has found: held, some of them stopped, until the client lets go of each. */
export class Held implements Disposable {
  private readonly processes = new Map<ProcessKey, PidFd>();

  /** Takes over `stops`; null: nobody is to be stopped. */
  constructor(private readonly stops: Stops | null) {}

  get size(): number {
    return this.processes.size;
  }

  has(key: ProcessKey): boolean {
    return this.processes.has(key);
  }

  /** Takes over `process`. True: it was stopped. */
  take(process: PidFd): boolean {
    this.processes.set(process.key, process);
    return this.stops?.stop(process) ?? false;
  }

  /** Takes over `process`, which stops by itself. Resolves when it is guarded. @throws HostError */
  async expect(process: PidFd): Promise<void> {
    this.processes.set(process.key, process);
    await this.stops?.expect(process);
  }

  /** It goes on where we stopped it. Idempotent. */
  release(key: ProcessKey): void {
    this.stops?.continue(key);
    this.processes.get(key)?.[Symbol.dispose]();
    this.processes.delete(key);
  }

  /** Lets go of all, also where one could not be continued. */
  [Symbol.dispose](): void {
    try {
      this.stops?.[Symbol.dispose]();
    } finally {
      for (const process of this.processes.values()) process[Symbol.dispose]();
      this.processes.clear();
    }
  }
}
