import type { Clock } from '../../../views/clock';
import type { Disposable } from '../../../views/emitter';

/** How long a way stays where no session takes it: tasks may run first. And after the last one: VS Code restarts at once. */
const unusedMs = 600_000;
const afterMs = 5000;

interface Releasable {
  release(): Promise<void>;
}

interface Kept<T> {
  readonly address: string;
  readonly one: T;
  readonly sessions: Set<string>;
  cancel: () => void;
}

/** What was opened for debug sessions, by the address that their configurations have: let go after the last of them. */
export class KeptForSessions<T extends Releasable> implements Disposable {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
    private readonly afterwards: (one: T) => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Before a session is started with its address. */
  keep(address: string, one: T): void {
    if (this.kept.has(address)) return;
    const kept: Kept<T> = { address, one, sessions: new Set(), cancel: () => undefined };
    this.kept.set(address, kept);
    this.letGoAfter(kept, unusedMs);
  }

  get(address: string): T | undefined {
    return this.kept.get(address)?.one;
  }

  started(id: string, address: string): void {
    const kept = this.kept.get(address);
    if (!kept) return;
    kept.cancel();
    kept.sessions.add(id);
  }

  ended(id: string, address: string): void {
    const kept = this.kept.get(address);
    if (!kept?.sessions.delete(id) || kept.sessions.size > 0) return;
    this.letGoAfter(kept, afterMs);
  }

  dispose(): void {
    for (const { one, cancel } of this.kept.values()) {
      cancel();
      void this.attempt(() => one.release());
    }
    this.kept.clear();
  }

  private letGoAfter(kept: Kept<T>, ms: number): void {
    kept.cancel();
    kept.cancel = this.clock.after(ms, () => void this.letGo(kept));
  }

  private async letGo({ address, one }: Kept<T>): Promise<void> {
    this.kept.delete(address);
    await this.attempt(() => one.release());
    await this.attempt(() => this.afterwards(one));
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.log(`after the debug sessions of a way: ${String(error)}`);
    }
  }
}
