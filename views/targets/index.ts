import * as vscode from 'vscode';
import { views } from '../../extension/contributions';
import { systemClock } from '../clock';
import { setContext } from '../contextKey';
import { l10n } from '../l10n';
import { RefreshScheduler } from '../refreshScheduler';
import type { HostApi } from '../hostApi';
import type { Sampler } from '../usage/sampler';
import { LiveStates } from './liveStates';
import type { Target } from './model';
import { PinnedFigures } from './pinnedFigures';
import { PinnedStatusBar } from './pinnedStatus';
import { TargetsProvider } from './provider';
import { StatusItem } from './statusItem';
import type { TargetsController } from './targetsController';

/** Many targets may end in one moment; VS Code shows nothing when it is told faster than this. */
const refreshMs = 300;

/** The Targets view: what is being waited for, and how it ended. */
export class TargetsView implements vscode.Disposable {
  private readonly parts: { dispose(): unknown }[];
  private readonly tree: vscode.TreeView<Target>;
  private unseen = 0;
  /** undefined: rows came or went. */
  private changed: Set<Target> | undefined = new Set();

  constructor(
    private readonly controller: TargetsController,
    host: HostApi,
    sampler: Sampler,
    isStatusOn: () => boolean,
    log: (line: string) => void,
  ) {
    const figures = new PinnedFigures(controller.model, sampler, systemClock, (target) => {
      this.noteChanged(target);
      scheduler.schedule();
    });
    const provider = new TargetsProvider(controller.model, figures);
    const status = new PinnedStatusBar(controller.model, sampler, new StatusItem(), isStatusOn);
    const scheduler = new RefreshScheduler(systemClock, refreshMs, () => {
      provider.refresh(this.takeChanged());
      this.updateContext();
    });
    const liveStates = new LiveStates(host, controller.model, systemClock, log);
    this.tree = vscode.window.createTreeView(views.targets, { treeDataProvider: provider });
    this.parts = [
      scheduler,
      this.tree,
      liveStates,
      figures,
      status,
      vscode.workspace.onDidChangeConfiguration(() => status.update()),
      this.tree.onDidChangeVisibility(({ visible }) => {
        liveStates.setVisible(visible);
        figures.setVisible(visible);
        if (visible) this.showUnseen(0);
      }),
      controller.model.onDidChange((target) => {
        this.noteChanged(target);
        scheduler.schedule();
      }),
    ];
    liveStates.setVisible(this.tree.visible);
    figures.setVisible(this.tree.visible);
    this.updateContext();
  }

  /** Counts on the view's badge until the view is looked at. */
  addUnseen(ended: number): void {
    this.showUnseen(this.tree.visible ? 0 : this.unseen + ended);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private showUnseen(count: number): void {
    this.unseen = count;
    const tooltip = l10n.t('{0} processes that were waited for have ended', count);
    this.tree.badge = count === 0 ? undefined : { value: count, tooltip };
  }

  private noteChanged(target: Target | undefined): void {
    if (target) this.changed?.add(target);
    else this.changed = undefined;
  }

  private takeChanged(): Target[] | undefined {
    const { changed } = this;
    this.changed = new Set();
    return changed && [...changed];
  }

  private updateContext(): void {
    const { all } = this.controller.model;
    setContext(
      'pidfd.hasFinishedTargets',
      all.some(({ isFinished }) => isFinished),
    );
  }
}
