import type { ProcessKey } from '../../native-host/protocol';
import type { Disposable } from '../emitter';
import { quickPickText } from '../escape';
import { l10n } from '../l10n';
import { processName } from '../rowText';
import type { Looker, Sampler } from '../usage/sampler';
import { bytesText, cpuText } from '../usage/usageText';
import type { Target, TargetsModel } from './model';
import { isPinned } from './pinnedFigures';

const everyMs = 3000;

/** Where it is shown: VS Code's status bar, or a test's. */
export interface StatusPlace extends Disposable {
  /** undefined: nothing. */
  show(status: PinnedStatus | undefined): void;
}

export interface PinnedStatus {
  readonly text: string;
  readonly tooltip: string;
  readonly target: Target;
}

/** The process that was pinned last, and what it uses, where it can be seen from any view. */
export class PinnedStatusBar implements Disposable {
  private readonly looker: Looker;
  private readonly listening: Disposable;

  constructor(
    private readonly model: TargetsModel,
    private readonly sampler: Sampler,
    private readonly place: StatusPlace,
    private readonly isOn: () => boolean,
  ) {
    this.looker = sampler.join({
      everyMs,
      remembers: true,
      keys: () => this.keys(),
      onSampled: () => this.draw(),
    });
    this.listening = model.onDidChange(() => this.update());
    this.update();
  }

  /** The setting, or what is pinned, may be another one. */
  update(): void {
    this.looker.want(this.target() !== undefined);
    this.draw();
  }

  dispose(): void {
    this.looker.dispose();
    this.listening.dispose();
    this.place.dispose();
  }

  private keys(): readonly ProcessKey[] {
    const target = this.target();
    return target ? [target.row.key] : [];
  }

  private target(): Target | undefined {
    return this.isOn() ? this.model.all.find(isPinned) : undefined;
  }

  private draw(): void {
    const target = this.target();
    this.place.show(target && this.status(target));
  }

  private status(target: Target): PinnedStatus {
    const { row } = target;
    const usage = this.sampler.store.of(row.key);
    const cpu = usage && usage.cpu !== null ? cpuText(usage.cpu) : undefined;
    const figures = [cpu, usage && bytesText(usage.rss)].filter(Boolean).join(' · ');
    const name = quickPickText(processName(row)); // it draws $(name) as an icon, too
    const tooltip = l10n.t('Process {0}, pinned. Click to see it in the tree.', row.pid);
    return { text: `$(pinned) ${[name, figures].filter(Boolean).join(' · ')}`, tooltip, target };
  }
}
