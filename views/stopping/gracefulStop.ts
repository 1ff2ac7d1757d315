import type { SignalOutcome, SignalStep } from '../../native-host/protocol';
import type { Clock } from '../clock';
import { isKind } from '../errorData';
import { SIGKILL } from '../signals';

export type StopEnd = 'ended' | 'cancelled' | 'survived';

/** What has been sent, and what comes when; `next` is null after the last. */
export interface StopPhase {
  readonly signal: number;
  /** By `Clock.elapsed`. */
  readonly until: number;
  readonly next: number | null;
}

export interface StopOptions {
  readonly steps: readonly SignalStep[];
  readonly clock: Clock;
  /** What has to be there before that signal can be sent, and may take its time. What is said meanwhile counts. */
  readonly prepare: (signal: number) => Promise<void>;
  /** To the one process that is held. `first` is what a person saw and chose; what follows goes to the same process. */
  readonly send: (signal: number, first: boolean) => Promise<SignalOutcome>;
  readonly onPhase: (phase: StopPhase) => void;
}

/** How long the kernel may take to end a process after SIGKILL, where the sequence does not say. */
const killWaitMs = 1000;

/** Sends one signal after the other until the process has ended, the steps have, or somebody says so. */
export class GracefulStop {
  private asked: 'kill' | 'cancel' | undefined;
  private hasEnded = false;
  private wake: () => void = () => undefined;

  constructor(private readonly options: StopOptions) {}

  /** Rejects with what sending rejects with: then nothing more is sent. */
  async run(): Promise<StopEnd> {
    let first = true;
    for (const { step, next } of this.plan()) {
      await this.options.prepare(step.signal);
      if (this.isCancelled) return 'cancelled';
      if (this.isKillPending(step.signal)) continue;
      if (!(await this.sent(step.signal, first))) return 'ended';
      first = false;
      await this.wait(step, next);
      if (this.hasEnded) return 'ended';
      if (this.isCancelled && next !== null) return 'cancelled';
    } // what was sent last cannot be taken back
    return 'survived';
  }

  cancel(): void {
    this.asked = 'cancel';
    this.wake();
  }

  /** Does not wait any longer. */
  killNow(): void {
    this.asked ??= 'kill';
    this.wake();
  }

  /** The process has ended, by whatever. */
  ended(): void {
    this.hasEnded = true;
    this.wake();
  }

  private *plan(): Generator<{ step: SignalStep; next: number | null }> {
    const { steps } = this.options;
    for (const [index, step] of steps.entries()) {
      if (this.asked === 'kill') break;
      yield { step, next: steps[index + 1]?.signal ?? null };
      if (step.signal === SIGKILL) return;
    }
    if (this.asked !== 'kill') return;
    const own = steps.find(({ signal }) => signal === SIGKILL);
    yield { step: own ?? { signal: SIGKILL, waitMs: killWaitMs }, next: null };
  }

  /** False when there was nobody any more. */
  private async sent(signal: number, first: boolean): Promise<boolean> {
    if (this.hasEnded) return false;
    try {
      return (await this.options.send(signal, first)) === 'sent';
    } catch (error) {
      if (isKind(error, 'Gone')) return false;
      throw error;
    }
  }

  private async wait({ signal, waitMs }: SignalStep, next: number | null): Promise<void> {
    const { clock, onPhase } = this.options;
    onPhase({ signal, next, until: clock.elapsed() + waitMs });
    if (this.hasEnded || this.isCancelled || this.isKillPending(signal)) return;
    await new Promise<void>((resolve) => {
      const cancelTimer = clock.after(waitMs, resolve);
      this.wake = () => {
        if (!this.hasEnded && this.asked === 'kill' && signal === SIGKILL) return; // it is on its way
        cancelTimer();
        resolve();
      };
    });
  }

  private get isCancelled(): boolean {
    return this.asked === 'cancel';
  }

  private isKillPending(signal: number): boolean {
    return this.asked === 'kill' && signal !== SIGKILL;
  }
}
