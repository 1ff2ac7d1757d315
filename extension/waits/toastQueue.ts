import type { Clock } from '../../views/clock';

/** Two as they come; the third says all that came meanwhile. VS Code shows three at once. */
const singles = 2;
const gatherMs = 300;
/** A toast that nobody closes hides after about this time, and VS Code does not say so. */
const shownMs = 12_000;

/** Never lets more than three toasts stand at once: what is too much becomes one summary. */
export class ToastQueue<T> {
  private open = 0;
  private isSummaryOpen = false;
  private waiting: T[] = [];

  constructor(
    private readonly clock: Clock,
    /** Shows one toast for these, and settles when it is closed. */
    private readonly show: (items: readonly T[]) => Promise<void>,
  ) {}

  add(item: T): void {
    if (this.open < singles && this.waiting.length === 0) this.showOne(item);
    else if (this.waiting.push(item) === 1) this.plan();
  }

  private showOne(item: T): void {
    this.open++;
    this.untilHidden([item], () => this.open--);
  }

  private plan(): void {
    this.clock.after(gatherMs, () => {
      if (!this.isSummaryOpen) this.showSummary();
    });
  }

  private showSummary(): void {
    const items = this.waiting;
    this.waiting = [];
    this.isSummaryOpen = true;
    this.untilHidden(items, () => {
      this.isSummaryOpen = false;
      if (this.waiting.length > 0) this.plan();
    });
  }

  private untilHidden(items: readonly T[], hidden: () => void): void {
    let isHidden = false;
    const once = () => {
      if (!isHidden) hidden();
      isHidden = true;
    };
    const cancelTimer = this.clock.after(shownMs, once);
    void this.show(items).then(() => {
      cancelTimer();
      once();
    });
  }
}
