import type { Clock } from '../clock';
import type { Disposable } from '../emitter';
import { Attention } from '../usage/attention';
import type { Looker, Sampler } from '../usage/sampler';
import type { UsageStore } from '../usage/usageStore';
import { usageText } from '../usage/usageText';
import type { Target, TargetsModel } from './model';

const everyMs = 3000;

export const isPinned = ({ why, state }: Target): boolean =>
  why === 'pinned' && state.kind === 'waiting' && state.held;

/** What pinned processes use, on their rows, while the list is looked at. */
export class PinnedFigures implements Disposable {
  readonly store: UsageStore;
  private readonly attention: Attention;
  private readonly drawn = new WeakMap<Target, string>();
  private readonly looker: Looker;

  constructor(
    private readonly model: TargetsModel,
    sampler: Sampler,
    clock: Clock,
    private readonly onOutdated: (target: Target) => void,
  ) {
    this.store = sampler.store;
    this.attention = new Attention(clock);
    this.looker = sampler.join({
      everyMs,
      remembers: true,
      keys: () => this.pinned.map(({ row }) => row.key),
      onSampled: () => this.compare(),
    });
  }

  setVisible(visible: boolean): void {
    this.looker.want(visible);
  }

  hover({ row }: Target): void {
    this.attention.hover(row.key);
  }

  /** What its row is to show now. It is taken to be drawn then. */
  draw(target: Target): string {
    const text = this.textOf(target);
    this.drawn.set(target, text);
    return text;
  }

  dispose(): void {
    this.looker.dispose();
  }

  private get pinned(): readonly Target[] {
    return this.model.all.filter(isPinned);
  }

  private textOf(target: Target): string {
    const usage = isPinned(target) ? this.store.of(target.row.key) : undefined;
    return usage ? usageText(usage) : '';
  }

  /** A row under the pointer is left alone: its tooltip would close. */
  private compare(): void {
    const held = this.attention.keys();
    for (const target of this.pinned) {
      const isSame = (this.drawn.get(target) ?? '') === this.textOf(target);
      if (!isSame && !held.has(target.row.key)) this.onOutdated(target);
    }
  }
}
