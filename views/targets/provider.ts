import * as vscode from 'vscode';
import type { TargetContext } from '../../extension/contributions';
import { markdownText } from '../escape';
import { labelText } from '../rowText';
import { l10n } from '../l10n';
import { sparkline } from '../usage/sparkline';
import type { UsageStore } from '../usage/usageStore';
import { hasEndedAsAsked } from './endedAsAsked';
import type { Target, TargetsModel, TargetState, Why } from './model';
import { isPinned, type PinnedFigures } from './pinnedFigures';
import { targetDescription, targetText } from './targetText';

/** Gives the targets to VS Code as a flat list. */
export class TargetsProvider implements vscode.TreeDataProvider<Target> {
  private readonly changed = new vscode.EventEmitter<Target[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly model: TargetsModel,
    private readonly figures: PinnedFigures,
  ) {}

  /** undefined: the whole list. */
  refresh(targets: Target[] | undefined): void {
    this.changed.fire(targets);
  }

  getChildren(target?: Target): Target[] {
    return target ? [] : [...this.model.all];
  }

  getParent(): undefined {
    return undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, target: Target): vscode.TreeItem {
    if (!isPinned(target)) return item;
    this.figures.hover(target);
    item.tooltip = pinnedTooltip(target, this.figures.store);
    return item;
  }

  getTreeItem(target: Target): vscode.TreeItem {
    const item = new vscode.TreeItem(labelText(target.row));
    item.id = target.token;
    item.description = targetDescription(target, this.figures.draw(target));
    item.iconPath = icon(target);
    item.contextValue = contextValue(target);
    // Plain text: our own words and an escaped name. Of what is pinned more is told when somebody points at it.
    if (!isPinned(target)) item.tooltip = targetText(target);
    item.accessibilityInformation = { label: targetText(target) };
    return item;
  }
}

/** With what it used of late, as a curve. */
function pinnedTooltip(target: Target, store: UsageStore): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(markdownText(targetText(target)));
  const picture = sparkline(store.history(target.row.key));
  if (picture) markdown.appendMarkdown(`\n\n![${l10n.t('Processor and memory')}](${picture})`);
  return markdown;
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
