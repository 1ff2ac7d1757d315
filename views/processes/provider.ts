import * as vscode from 'vscode';
import type { RowContext } from '../../extension/contributions';
import { commandLine } from '../commandLine';
import { visible } from '../escape';
import type { HostApi } from '../hostApi';
import { l10n } from '../l10n';
import { descriptionText, labelText, notableState } from '../rowText';
import type { Refresh } from './changes';
import { endedScheme } from './endedDecoration';
import { processIcon } from './icons';
import type { ProcessesModel } from './model';
import type { ProcessElement } from './processElement';
import type { Node } from './structure';
import { processTooltip, tooltipFailure } from './tooltip';

/** Gives the model to VS Code: synchronously, and without a tooltip until somebody points at a row. */
export class ProcessesProvider implements vscode.TreeDataProvider<ProcessElement> {
  private readonly changed = new vscode.EventEmitter<ProcessElement[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly model: ProcessesModel,
    private readonly host: HostApi,
    /** undefined once there are rows, or it is known why there are none. */
    private readonly firstRows: () => Promise<void> | undefined,
  ) {}

  refresh(what: Refresh): void {
    if (what === 'nothing') return;
    if (what === 'all') return this.changed.fire(undefined);
    this.changed.fire(what.flatMap((key) => this.model.element(key) ?? []));
  }

  /** At once, but for the very first rows: an empty answer would cost them VS Code's 200 ms of collecting refreshes. */
  getChildren(element?: ProcessElement): ProcessElement[] | Promise<ProcessElement[]> {
    if (element) return [...this.model.children(element)];
    const roots = () => [...this.model.roots()];
    return this.firstRows()?.then(roots) ?? roots();
  }

  getParent(element: ProcessElement): ProcessElement | undefined {
    return this.model.parent(element);
  }

  getTreeItem(element: ProcessElement): vscode.TreeItem {
    const node = this.model.node(element);
    // VS Code may ask for a row that has just left the tree; it will fetch the parent again in a moment.
    return node ? this.toItem(node) : new vscode.TreeItem(labelText(element.row));
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    element: ProcessElement,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    try {
      const details = await this.host.request('processes/details', { key: element.key });
      if (!token.isCancellationRequested) item.tooltip = processTooltip(details);
    } catch (error) {
      item.tooltip = tooltipFailure(element.row, error);
    }
    return item;
  }

  private toItem(node: Node): vscode.TreeItem {
    const { row, ended } = node;
    const item = new vscode.TreeItem(this.label(node), this.collapsibleState(node));
    const generation = this.model.filterGeneration;
    item.id = generation === 0 ? row.key : `${row.key} filter ${generation}`;
    item.description = descriptionText(row, this.model.uid, ended);
    item.iconPath = processIcon(row, ended);
    item.contextValue = contextWords(node, this.canSignal()).join(' ');
    item.accessibilityInformation = { label: accessibleText(node, this.model.isOwn(row)) };
    if (ended) item.resourceUri = vscode.Uri.from({ scheme: endedScheme, path: `/${row.key}` });
    return item;
  }

  private label({ row }: Node): vscode.TreeItemLabel {
    const label = labelText(row);
    return { label, highlights: this.model.current.filter?.ranges(label) ?? [] };
  }

  /** Roots are open, and everything where a filter says what to look for; the rest would cost a fetch each. */
  private collapsibleState({ children, depth, row }: Node): vscode.TreeItemCollapsibleState {
    if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
    const open = this.model.current.filter ?? (depth === 0 && row.kind !== 'kernelThread');
    return open
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }

  private canSignal(): boolean {
    const { state } = this.host;
    return state.kind === 'ready' && state.hello.tier !== 'none';
  }
}

/** What menus are offered: package.json tests for these words. */
function contextWords({ row, ended }: Node, canSignal: boolean): RowContext[] {
  if (ended) return ['process', 'ended'];
  const words: RowContext[] = ['process', 'living'];
  if (canSignal && row.kind !== 'kernelThread') words.push('signalable');
  if (row.state === 'T') words.push('stopped');
  if (row.parentKey !== null) words.push('hasParent');
  return words;
}

function accessibleText({ row, ended }: Node, isOwn: boolean): string {
  const state = ended ? l10n.t('ended') : notableState(row.state);
  const user = isOwn ? undefined : l10n.t('user {0}', visible(row.user));
  const command = visible(commandLine(row.args)).slice(0, 200);
  const parts = [labelText(row), l10n.t('process {0}', row.pid), state, user, command];
  return parts.filter(Boolean).join(', ');
}
