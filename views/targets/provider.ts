import * as vscode from 'vscode';
import type { TargetContext } from '../../extension/contributions';
import { labelText } from '../rowText';
import { hasEndedAsAsked } from './endedAsAsked';
import type { Target, TargetsModel, TargetState, Why } from './model';
import { targetDescription, targetText } from './targetText';

/** Gives the targets to VS Code as a flat list. */
export class TargetsProvider implements vscode.TreeDataProvider<Target> {
  private readonly changed = new vscode.EventEmitter<Target | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly model: TargetsModel) {}

  refresh(target: Target | undefined): void {
    this.changed.fire(target);
  }

  getChildren(target?: Target): Target[] {
    return target ? [] : [...this.model.all];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(target: Target): vscode.TreeItem {
    const item = new vscode.TreeItem(labelText(target.row));
    item.id = target.token;
    item.description = targetDescription(target);
    item.iconPath = icon(target);
    item.contextValue = contextValue(target);
    item.tooltip = targetText(target); // plain text: our own words and an escaped name
    item.accessibilityInformation = { label: targetText(target) };
    return item;
  }
}

function contextValue({ isFinished, why, after }: Target): TargetContext {
  return isFinished ? 'target.finished' : `target.${why}${after ? '.then' : ''}`;
}

const openIcons: Readonly<Record<Why, string>> = {
  waiting: 'watch',
  stopping: 'debug-stop',
  pinned: 'pinned',
  debugging: 'debug-alt',
};

function icon(target: Target): vscode.ThemeIcon {
  const { state, why } = target;
  switch (state.kind) {
    case 'waiting':
      return new vscode.ThemeIcon(state.held ? openIcons[why] : 'loading~spin');
    case 'exited':
      return new vscode.ThemeIcon('watch', new vscode.ThemeColor('list.warningForeground'));
    case 'ended':
      return hasEndedAsAsked(target) ? wanted() : endedIcon(state);
  }
}

const wanted = () => new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));

function endedIcon({ status }: TargetState & { kind: 'ended' }): vscode.ThemeIcon {
  if (status.kind === 'unknown') return new vscode.ThemeIcon('question');
  if (status.kind === 'exited' && status.code === 0) return wanted();
  return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
}
