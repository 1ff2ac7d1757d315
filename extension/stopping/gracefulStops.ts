import type {
  ProcessRow,
  SignalOutcome,
  SignalStep,
  TargetToken,
} from '../../native-host/protocol';
import type { Clock } from '../../views/clock';
import type { Disposable } from '../../views/emitter';
import { Emitter } from '../../views/emitter';
import type { HostApi } from '../../views/hostApi';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import { GracefulStop, type StopEnd, type StopPhase } from '../../views/stopping/gracefulStop';
import type { Target } from '../../views/targets/model';
import type { TargetsController } from '../../views/targets/targetsController';
import { NothingDone } from '../errors';
import { placeOf } from '../../views/place';
import type { InterruptedStops } from './interruptedStops';
import type { ShowProgress } from './stopProgress';
import { countdownText } from './countdownText';

const tickMs = 1000;

/** The countdowns that run: each over one held target, each with a progress that can be cancelled. */
export class GracefulStops implements Disposable {
  private readonly running = new Map<TargetToken, GracefulStop>();
  private readonly changed = new Emitter<void>();
  private readonly listening: Disposable;

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly host: HostApi,
    private readonly targets: TargetsController,
    private readonly clock: Clock,
    private readonly stored: InterruptedStops,
    private readonly showProgress: ShowProgress,
  ) {
    // A zombie has ended as well: nothing that is sent to it is felt.
    this.listening = targets.model.onDidChange((target) => {
      if (target && target.state.kind !== 'waiting') this.running.get(target.token)?.ended();
    });
  }

  get stopping(): readonly Target[] {
    return this.targets.model.all.filter(({ token }) => this.running.has(token));
  }

  /** Answers when it is over. */
  async stop(
    row: ProcessRow,
    steps: readonly SignalStep[],
    showProgress: ShowProgress = this.showProgress,
  ): Promise<StopEnd> {
    this.checkNotRunning(row);
    const hold = await this.targets.holdFor(row, 'stopping');
    let end: StopEnd | undefined;
    try {
      end = await this.run(hold.target, row, steps, showProgress);
      return end;
    } finally {
      // What has ended stays in the list, with how it ended, even where that is not told yet.
      if (end !== 'ended') await hold.giveBack();
    }
  }

  killNow({ token }: Target): void {
    this.running.get(token)?.killNow();
  }

  cancel({ token }: Target): void {
    this.running.get(token)?.cancel();
  }

  dispose(): void {
    this.listening.dispose();
  }

  private checkNotRunning(row: ProcessRow): void {
    if (!this.stopping.some((target) => target.row.key === row.key)) return;
    throw new NothingDone(l10n.t('{0} is being stopped already.', namedProcess(row)));
  }

  /** `row` is what a person saw; the target's own is newer. */
  private async run(
    { token }: Target,
    row: ProcessRow,
    steps: readonly SignalStep[],
    showProgress: ShowProgress,
  ): Promise<StopEnd> {
    let phase: StopPhase | undefined;
    const report = () => phase && progress.report(this.progressText(phase));
    const stop = new GracefulStop({
      steps,
      clock: this.clock,
      send: (signal, first) => this.send(token, row, signal, first),
      onPhase: (next) => {
        phase = next;
        report();
      },
    });
    const title = l10n.t('Stopping {0}', namedProcess(row));
    const progress = showProgress(title, () => stop.cancel());
    const stopTicking = this.eachSecond(report);
    const watching = this.host.onDidChangeState(report);
    this.running.set(token, stop);
    this.changed.fire();
    try {
      const end = await stop.run();
      progress.report(lastReport(end)); // VS Code takes the toast away a moment later
      return end;
    } finally {
      stopTicking();
      watching.dispose();
      progress.done();
      this.running.delete(token);
      this.changed.fire();
      await this.stored.forget(token);
    }
  }

  /** A native host that dies takes nobody's countdown with it: what is next goes by key through the one after it. */
  private progressText(phase: StopPhase): string {
    const text = countdownText(phase, this.clock.elapsed());
    if (this.host.state.kind === 'ready') return text;
    return l10n.t('{0}; the native host ended and is started again', text);
  }

  /** Noted before it is sent: after a reload "may have been sent" is true, and "was not" would not be. */
  private async send(
    token: TargetToken,
    row: ProcessRow,
    signal: number,
    first: boolean,
  ): Promise<SignalOutcome> {
    const { state } = this.host;
    if (state.kind === 'ready') {
      await this.stored.note(token, { row, place: placeOf(state.hello), signal });
    }
    const { key, program } = row;
    const params = { key, signal, ...(first && { program }) };
    return (await this.host.request('signal/send', params)).outcome;
  }

  private eachSecond(action: () => void): () => void {
    let cancel = () => {};
    const next = () => (cancel = this.clock.after(tickMs, () => (action(), next())));
    next();
    return () => cancel();
  }
}

function lastReport(end: StopEnd): string {
  if (end === 'ended') return l10n.t('it has ended');
  return end === 'cancelled' ? l10n.t('cancelled') : l10n.t('it still runs');
}

/** What came of it where no exit is told of. */
export function stopEndText(row: ProcessRow, end: StopEnd, last: SignalStep): string | undefined {
  const who = namedProcess(row);
  if (end === 'cancelled') return l10n.t('{0} is let live: nothing more is sent to it.', who);
  if (end === 'ended') return undefined;
  return l10n.t('{0} still runs after {1}.', who, signalName(last.signal));
}
