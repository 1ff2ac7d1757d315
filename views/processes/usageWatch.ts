import type { Clock } from '../clock';
import type { Disposable } from '../emitter';
import { Attention } from '../usage/attention';
import type { Looker, Sampler } from '../usage/sampler';
import type { ProcessesModel } from './model';
import { isMeasured, measureOf } from './order';
import { TreeFigures } from './treeFigures';

/** As slow as one can aim at what moves. */
const everyMs = 3000;

/** What is sampled for the tree while it is looked at: open rows for their figures, and all where they are the order. */
export class UsageWatch implements Disposable {
  readonly attention: Attention;
  readonly figures: TreeFigures;
  private readonly rows: Looker;
  private readonly order: Looker;

  constructor(
    private readonly model: ProcessesModel,
    private readonly sampler: Sampler,
    clock: Clock,
    private readonly onChange: () => void,
  ) {
    this.attention = new Attention(clock);
    this.figures = new TreeFigures(model.tree, sampler.store, this.attention, clock);
    const common = { everyMs, onSampled: () => this.redraw() };
    this.rows = sampler.join({ ...common, remembers: true, keys: () => this.watchedRows() });
    this.order = sampler.join({
      everyMs,
      remembers: false,
      keys: () => model.livingKeys(),
      onSampled: () => this.sort(),
    });
  }

  settle(visible: boolean): void {
    this.rows.want(visible);
    this.order.want(visible && isMeasured(this.model.current.order));
  }

  dispose(): void {
    this.rows.dispose();
    this.order.dispose();
  }

  private watchedRows() {
    const open = this.model.showsFigures ? this.figures.rows() : [];
    return [...open, ...this.attention.keys()];
  }

  private redraw(): void {
    const outdated = this.model.showsFigures ? this.figures.outdated() : [];
    this.model.redraw(outdated);
    if (outdated.length > 0) this.onChange();
  }

  private sort(): void {
    const { order } = this.model.current;
    if (!isMeasured(order)) return;
    const usages = this.model.livingKeys().flatMap((key) => this.sampler.store.of(key) ?? []);
    const measured = new Map(usages.map((usage) => [usage.key, measureOf(usage, order)]));
    if (this.model.measure(measured)) this.onChange();
  }
}
