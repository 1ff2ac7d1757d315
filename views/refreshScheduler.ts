import type { Clock } from './clock';
import type { Disposable } from './emitter';

/**
 * Runs `action` at once when it has been quiet, else at most once each `intervalMs`. VS Code collects refreshes for
 * 200 ms and starts anew with each, so a faster pace would show nothing at all.
 */
export class RefreshScheduler implements Disposable {
  private lastRun = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly action: () => void,
  ) {}

  schedule(): void {
    if (this.cancel) return;
    const wait = Math.max(0, this.lastRun + this.intervalMs - this.clock.elapsed());
    this.cancel = this.clock.after(wait, () => this.run());
  }

  /** A person waits for it. */
  runNow(): void {
    this.cancel?.();
    this.run();
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private run(): void {
    this.cancel = undefined;
    this.lastRun = this.clock.elapsed();
    this.action();
  }
}
