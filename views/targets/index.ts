import * as vscode from 'vscode';
import { views } from '../../extension/contributions';
import { systemClock } from '../clock';
import { setContext } from '../contextKey';
import { RefreshScheduler } from '../refreshScheduler';
import type { Target } from './model';
import { TargetsProvider } from './provider';
import type { TargetsController } from './targetsController';

/** Many targets may end in one moment; VS Code shows nothing when it is told faster than this. */
const refreshMs = 300;

/** The Targets view: what is being waited for, and how it ended. */
export class TargetsView implements vscode.Disposable {
  private readonly parts: { dispose(): unknown }[];
  private changed: Target | undefined;
  private anyChanged = false;

  constructor(private readonly controller: TargetsController) {
    const provider = new TargetsProvider(controller.model);
    const scheduler = new RefreshScheduler(systemClock, refreshMs, () => {
      provider.refresh(this.takeChanged());
      this.updateContext();
    });
    this.parts = [
      scheduler,
      vscode.window.createTreeView(views.targets, { treeDataProvider: provider }),
      controller.model.onDidChange((target) => {
        this.noteChanged(target);
        scheduler.schedule();
      }),
    ];
    this.updateContext();
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  /** One row where only one changed since the last refresh, else the whole list. */
  private noteChanged(target: Target | undefined): void {
    const isOnly = !this.anyChanged || this.changed === target;
    this.changed = isOnly ? target : undefined;
    this.anyChanged = true;
  }

  private takeChanged(): Target | undefined {
    const { changed } = this;
    this.changed = undefined;
    this.anyChanged = false;
    return changed;
  }

  private updateContext(): void {
    const { all } = this.controller.model;
    setContext(
      'pidfd.hasFinishedTargets',
      all.some(({ isFinished }) => isFinished),
    );
  }
}
