import { l10n } from '../../views/l10n';
import type { Progress, ShowProgress } from './stopProgress';

/** One toast for so many countdowns; its button cancels all. */
export class SharedProgress {
  private readonly cancels: (() => void)[] = [];
  private readonly progress: Progress;
  private left: number;

  constructor(showProgress: ShowProgress, count: number) {
    this.left = count;
    const title = l10n.t('Stopping {0} processes', count);
    this.progress = showProgress(title, () => this.cancels.forEach((cancel) => cancel()));
    this.report();
  }

  /** For one of them. */
  readonly show: ShowProgress = (_title, onCancel) => {
    this.cancels.push(onCancel);
    const done = () => {
      this.left--;
      this.report();
    };
    return { report: () => undefined, done };
  };

  done(): void {
    this.progress.done();
  }

  private report(): void {
    this.progress.report(l10n.t('{0} left', this.left));
  }
}
