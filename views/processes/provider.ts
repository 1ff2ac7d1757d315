import * as vscode from 'vscode';
import type { HostApi } from '../hostApi';
import { processCount } from '../processCount';
import { descriptionText, labelText } from '../rowText';
import { accessibleText } from './accessibleText';
import type { Refresh } from './changes';
import { canSignal, contextWords } from './contextWords';
import { endedScheme } from './endedDecoration';
import { groupIcon, processIcon } from './icons';
import type { ProcessesModel } from './model';
import { GroupElement, type TreeElement } from './processElement';
import type { GroupNode, ProcessNode } from './structure';
import { readTooltip } from './tooltip';

/** Gives the model to VS Code: synchronously, and without a tooltip until somebody points at a row. */
export class ProcessesProvider implements vscode.TreeDataProvider<TreeElement> {
  private readonly changed = new vscode.EventEmitter<TreeElement[] | undefined>();
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
    this.changed.fire(what.flatMap((key) => this.model.anyElement(key) ?? []));
  }

  /** At once, but for the very first rows: an empty answer would cost them VS Code's 200 ms of collecting refreshes. */
  getChildren(element?: TreeElement): TreeElement[] | Promise<TreeElement[]> {
    if (element) return [...this.model.children(element)];
    const roots = () => [...this.model.roots()];
    return this.firstRows()?.then(roots) ?? roots();
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return this.model.parent(element);
  }

  /** VS Code may ask for a row that has just left the tree; it will fetch the parent again in a moment. */
  getTreeItem(element: TreeElement): vscode.TreeItem {
    if (element instanceof GroupElement) {
      const node = this.model.groupNode(element);
      return node ? this.toGroupItem(node) : new vscode.TreeItem('');
    }
    const node = this.model.node(element);
    return node ? this.toItem(node) : new vscode.TreeItem(labelText(element.row));
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    element: TreeElement,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (element instanceof GroupElement) return item;
    const tooltip = await readTooltip(this.host, element.row);
    if (!token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  private toGroupItem({ key, group, count }: GroupNode): vscode.TreeItem {
    const open = this.model.current.filter !== undefined;
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(group.label, open ? Expanded : Collapsed);
    item.id = this.idOf(key);
    item.description = [processCount(count), group.detail].filter(Boolean).join(' · ');
    item.iconPath = groupIcon(this.model.current.grouping);
    item.contextValue = 'group';
    item.tooltip = group.label;
    item.accessibilityInformation = { label: `${group.label}, ${item.description}` };
    return item;
  }

  /** Another filter starts with all rows expanded, so with rows of other names. */
  private idOf(key: string): string {
    const generation = this.model.filterGeneration;
    return generation === 0 ? key : `${key} filter ${generation}`;
  }

  private toItem(node: ProcessNode): vscode.TreeItem {
    const { row, ended } = node;
    const item = new vscode.TreeItem(this.label(node), this.collapsibleState(node));
    item.id = this.idOf(row.key);
    item.description = descriptionText(row, this.model.uid, ended, this.model.nsPid(row.key));
    item.iconPath = processIcon(row, ended);
    item.contextValue = contextWords(row, ended, canSignal(this.host)).join(' ');
    item.accessibilityInformation = { label: accessibleText(row, ended, this.model.isOwn(row)) };
    if (ended) item.resourceUri = vscode.Uri.from({ scheme: endedScheme, path: `/${row.key}` });
    return item;
  }

  private label({ row }: ProcessNode): vscode.TreeItemLabel {
    const label = labelText(row);
    return { label, highlights: this.model.current.filter?.ranges(label) ?? [] };
  }

  /** Roots are open, and everything where a filter says what to look for; the rest would cost a fetch each. */
  private collapsibleState({ children, depth, row }: ProcessNode): vscode.TreeItemCollapsibleState {
    if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
    const open = this.model.current.filter ?? (depth === 0 && row.kind !== 'kernelThread');
    return open
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }
}
