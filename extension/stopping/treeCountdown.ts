import type { Notifications, SignalStep } from '../../native-host/protocol';
import type { Clock } from '../../views/clock';
import type { Disposable } from '../../views/emitter';
import { repeat } from '../../views/repeat';
import { treeProgressText } from './treeTexts';

type News = Notifications['tree/progress'];

const tickMs = 1000;

/** Says how far a stop of a tree is, and each second how long until its next signal. */
export class TreeCountdown implements Disposable {
  /** Each step begins with holding everybody still; before the first there is none. */
  private step = -1;
  private until = 0;
  private latest: News | undefined;
  private readonly stopTicking: () => void;

  constructor(
    private readonly steps: readonly SignalStep[],
    private readonly clock: Clock,
    private readonly report: (text: string) => void,
  ) {
    this.stopTicking = repeat(clock, tickMs, () => this.latest && this.show(this.latest));
  }

  tell(news: News): void {
    const wasHeldStill = (this.latest?.phase ?? 'freezing') === 'freezing';
    if (wasHeldStill && news.phase !== 'freezing') this.begin();
    this.latest = news;
    this.show(news);
  }

  dispose(): void {
    this.stopTicking();
  }

  private begin(): void {
    this.step++;
    this.until = this.clock.elapsed() + (this.steps[this.step]?.waitMs ?? 0);
  }

  private show(news: News): void {
    const signal = this.steps[this.step + 1]?.signal ?? null;
    this.report(treeProgressText(news, { signal, inMs: this.until - this.clock.elapsed() }));
  }
}
