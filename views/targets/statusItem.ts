import * as vscode from 'vscode';
import { targetCommands } from '../../extension/contributions';
import { l10n } from '../l10n';
import type { Target } from './model';
import type { PinnedStatus, StatusPlace } from './pinnedStatus';

/** Made when there is something to show, and taken away when there is nothing: off costs nothing. */
export class StatusItem implements StatusPlace {
  private item: vscode.StatusBarItem | undefined;
  private target: Target | undefined;

  show(status: PinnedStatus | undefined): void {
    if (!status) return this.dispose();
    this.item ??= make();
    this.item.text = status.text;
    this.item.tooltip = status.tooltip;
    this.lead(this.item, status.target);
    this.item.show();
  }

  /** Only to another one: a click upon a command that is being replaced finds none. */
  private lead(item: vscode.StatusBarItem, target: Target): void {
    if (this.target === target) return;
    this.target = target;
    const title = l10n.t('Reveal');
    item.command = { command: targetCommands.reveal, title, arguments: [target] };
  }

  dispose(): void {
    this.item?.dispose();
    this.item = undefined;
    this.target = undefined;
  }
}

function make(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('pidfd.pinned', vscode.StatusBarAlignment.Left);
  item.name = l10n.t('Pinned Process');
  return item;
}
