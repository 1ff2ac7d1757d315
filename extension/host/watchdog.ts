import type { Clock } from '../../views/clock';
import type { Disposable } from '../../views/emitter';

/** So long nobody asks how a request is getting on. */
const patienceMs = 5_000;
const stepMs = 2_500;
/** Counted in steps: a machine that slept goes on with one of them, not with all of them over. */
const steps = 4;

/**
 * Finds out that a native host answers nothing any more: stopped by somebody, or stuck. Some requests last for minutes,
 * so it is asked something else, which it can answer at any time. While nothing is asked of it, nothing is done.
 */
export class Watchdog implements Disposable {
  private pending = 0;
  private cancel = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly ping: () => Promise<unknown>,
    private readonly onSilent: () => void,
  ) {}

  async during<T>(asked: Promise<T>): Promise<T> {
    if (this.pending++ === 0) this.lookLater();
    try {
      return await asked;
    } finally {
      if (--this.pending === 0) this.cancel();
    }
  }

  dispose(): void {
    this.cancel();
  }

  private lookLater(): void {
    this.cancel = this.clock.after(patienceMs, () => this.look());
  }

  private look(): void {
    let hasAnswered = false;
    const answered = () => void (hasAnswered = true);
    this.ping().then(answered, answered); // no is an answer, too
    const wait = (left: number) => {
      this.cancel = this.clock.after(stepMs, () => {
        if (hasAnswered) this.lookLater();
        else if (left > 1) wait(left - 1);
        else this.onSilent();
      });
    };
    wait(steps);
  }
}
