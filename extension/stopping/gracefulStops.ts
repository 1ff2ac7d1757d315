import {
  protocolVersion,
  type ProcessKey,
  type ProcessRow,
  type SignalOutcome,
  type SignalStep,
} from '../../native-host/protocol';
import type { Clock } from '../../views/clock';
import type { Disposable, Event } from '../../views/emitter';
import { Emitter } from '../../views/emitter';
import type { HostApi } from '../../views/hostApi';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { GracefulStop, type StopEnd, type StopPhase } from '../../views/stopping/gracefulStop';
import type { Target } from '../../views/targets/model';
import type { TargetsController } from '../../views/targets/targetsController';
import { NothingDone } from '../errors';
import { placeOf } from '../../views/place';
import type { InterruptedStops } from './interruptedStops';
import type { ShowProgress } from './stopProgress';
import { StopCountdown } from './stopCountdown';
import { lastReport } from './stopEndText';

/** The countdowns that run: each over one held target, each with a progress that can be cancelled. */
export class GracefulStops implements Disposable {
  /** From the moment somebody asks: what takes its time before the first signal can be cancelled as well. */
  private readonly running = new Map<ProcessKey, GracefulStop>();
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
      if (target && target.state.kind !== 'waiting') this.running.get(target.row.key)?.ended();
    });
  }

  get stopping(): readonly Target[] {
    return this.targets.model.all.filter(
      ({ row, isFinished }) => !isFinished && this.running.has(row.key),
    );
  }

  /** Answers when it is over. */
  async stop(
    row: ProcessRow,
    steps: readonly SignalStep[],
    showProgress: ShowProgress = this.showProgress,
  ): Promise<StopEnd> {
    this.checkNotRunning(row);
    const phases = new Emitter<StopPhase>();
    const stop = new GracefulStop({
      steps,
      clock: this.clock,
      prepare: (signal) => this.prepare(row, signal),
      send: (signal, first) => this.send(row, signal, first),
      onPhase: (phase) => phases.fire(phase),
    });
    this.running.set(row.key, stop);
    this.changed.fire();
    try {
      return await this.runHeld(row, () => this.runShown(row, stop, phases.event, showProgress));
    } finally {
      this.running.delete(row.key);
      this.changed.fire();
      await this.stored.forget(row.key);
    }
  }

  killNow(target: Target): void {
    this.runningOn(target).killNow();
  }

  cancel(target: Target): void {
    this.runningOn(target).cancel();
  }

  /** Nothing more is sent: the next window is told of what was. */
  dispose(): void {
    this.listening.dispose();
    for (const stop of this.running.values()) stop.cancel();
  }

  private checkNotRunning(row: ProcessRow): void {
    if (!this.running.has(row.key)) return;
    throw new NothingDone(l10n.t('{0} is being stopped already.', namedProcess(row)));
  }

  private runningOn({ row }: Target): GracefulStop {
    const stop = this.running.get(row.key);
    if (stop) return stop;
    throw new NothingDone(l10n.t('{0} is not being stopped any more.', namedProcess(row)));
  }

  private async runHeld(row: ProcessRow, run: () => Promise<StopEnd>): Promise<StopEnd> {
    const hold = await this.targets.holdFor(row, 'stopping');
    let end: StopEnd | undefined;
    try {
      end = await run();
      return end;
    } finally {
      // What has ended stays in the list, with how it ended, even where that is not told yet.
      if (end !== 'ended') await hold.giveBack();
    }
  }

  private async runShown(
    row: ProcessRow,
    stop: GracefulStop,
    onPhase: Event<StopPhase>,
    showProgress: ShowProgress,
  ): Promise<StopEnd> {
    const title = l10n.t('Stopping {0}', namedProcess(row));
    const progress = showProgress(title, () => stop.cancel());
    const countdown = new StopCountdown(this.host, this.clock, (text) => progress.report(text));
    const following = onPhase((phase) => countdown.tell(phase));
    try {
      const end = await stop.run();
      progress.report(lastReport(end)); // VS Code takes the toast away a moment later
      return end;
    } finally {
      following.dispose();
      countdown.dispose();
      progress.done();
    }
  }

  /**
   * Waits for a native host that is started again. Noted before it is sent: after a reload "may have been sent" is true,
   * and "was not" would not be.
   */
  private async prepare(row: ProcessRow, signal: number): Promise<void> {
    const { state } = this.host;
    const isReady = state.kind === 'ready';
    const hello = isReady
      ? state.hello
      : await this.host.request('initialize', { protocolVersion });
    await this.stored.note(row.key, { row, place: placeOf(hello), signal });
  }

  /** `row` is what a person saw; the target's own is newer. */
  private async send(row: ProcessRow, signal: number, first: boolean): Promise<SignalOutcome> {
    const { key, program } = row;
    const params = { key, signal, ...(first && { program }) };
    return (await this.host.request('signal/send', params)).outcome;
  }
}
