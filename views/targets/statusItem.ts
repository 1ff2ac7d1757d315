import * as vscode from 'vscode';
import { targetCommands } from '../../extension/contributions';
import { l10n } from '../l10n';
import type { PinnedStatus, StatusPlace } from './pinnedStatus';

/** Made when there is something to show, and taken away when there is nothing: off costs nothing. */
export class StatusItem implements StatusPlace {
  private item: vscode.StatusBarItem | undefined;

  show(status: PinnedStatus | undefined): void {
    if (!status) return this.dispose();
    this.item ??= make();
    this.item.text = status.text;
    this.item.tooltip = status.tooltip;
    const title = l10n.t('Reveal');
    this.item.command = { command: targetCommands.reveal, title, arguments: [status.target] };
    this.item.show();
  }

  dispose(): void {
    this.item?.dispose();
    this.item = undefined;
  }
}

function make(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('pidfd.pinned', vscode.StatusBarAlignment.Left);
  item.name = l10n.t('Pinned Process');
  return item;
}
