import * as vscode from 'vscode';
import type { HostApi } from '../hostApi';
import { l10n } from '../l10n';
import { processCount } from '../processCount';
import { descriptionText, labelText } from '../rowText';
import type { Sampler } from '../usage/sampler';
import { accessibleText } from './accessibleText';
import { canSignal, contextWords } from './contextWords';
import { momentUri } from './momentDecorations';
import { groupIcon, processIcon } from './icons';
import type { ProcessesModel } from './model';
import { GroupElement, ProcessElement, RestElement, type TreeElement } from './processElement';
import type { NodeKey } from './tree/branch';
import type { Refresh, RestOf } from './tree/refreshPlan';
import type { ProcessNode, ShownTree } from './tree/shownTree';
import { readTooltip } from './tooltip';
import type { UsageWatch } from './usageWatch';

/** Rows that a filter matches and that are all shown at once. */
const mostOpened = 500;

/** Gives the model to VS Code: synchronously, and without a tooltip until somebody points at a row. */
export class ProcessesProvider implements vscode.TreeDataProvider<TreeElement> {
  private readonly changed = new vscode.EventEmitter<TreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly model: ProcessesModel,
    private readonly host: HostApi,
    private readonly sampler: Sampler,
    private readonly usage: UsageWatch,
    /** undefined once there are rows, or it is known why there are none. */
    private readonly firstRows: () => Promise<void> | undefined,
    /** The command behind a row that stands for more. */
    private readonly showMore: string,
  ) {}

  private get tree(): ShownTree {
    return this.model.tree;
  }

  refresh(what: Refresh): void {
    if (what === 'nothing') return;
    if (what === 'all') return this.changed.fire(undefined);
    this.changed.fire(what.flatMap((row) => this.element(row) ?? []));
  }

  private element(row: NodeKey | RestOf): TreeElement | undefined {
    return typeof row === 'string' ? this.tree.anyElement(row) : this.tree.restElement(row.restOf);
  }

  /** At once, but for the very first rows: an empty answer would cost them VS Code's 200 ms of collecting refreshes. */
  getChildren(element?: TreeElement): TreeElement[] | Promise<TreeElement[]> {
    if (element) return [...this.tree.children(element)];
    const roots = () => [...this.tree.roots()];
    return this.firstRows()?.then(roots) ?? roots();
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return this.tree.parent(element);
  }

  /** VS Code may ask for a row that has just left the tree; it will fetch the parent again in a moment. */
  getTreeItem(element: TreeElement): vscode.TreeItem {
    if (element instanceof GroupElement) return this.toGroupItem(element);
    if (element instanceof RestElement) return this.toRestItem(element);
    const node = this.tree.draw(element);
    return node ? this.toItem(node) : new vscode.TreeItem(labelText(element.row));
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    element: TreeElement,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (!(element instanceof ProcessElement)) return item;
    this.usage.attention.hover(element.key);
    const tooltip = await readTooltip(this.host, element.row, this.sampler);
    if (!token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  private toGroupItem(element: GroupElement): vscode.TreeItem {
    const node = this.tree.groupNode(element);
    if (!node) return new vscode.TreeItem('');
    const { group, count } = node;
    const open = this.opensAll;
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(group.label, open ? Expanded : Collapsed);
    item.id = this.idOf(element.key);
    item.description = [processCount(count), group.detail].filter(Boolean).join(' · ');
    item.iconPath = groupIcon(this.model.current.grouping);
    item.contextValue = 'group';
    item.tooltip = group.label;
    item.accessibilityInformation = { label: `${group.label}, ${item.description}` };
    return item;
  }

  private toRestItem(element: RestElement): vscode.TreeItem {
    const item = new vscode.TreeItem(l10n.t('Show {0} more', this.tree.hiddenBehind(element)));
    item.id = this.idOf(`rest of ${element.parent ?? 'all'}`);
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    item.contextValue = 'rest';
    item.command = { command: this.showMore, title: l10n.t('Show More'), arguments: [element] };
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
    const { uid, showsFigures } = this.model;
    const figures = showsFigures && !ended ? this.usage.figures.draw(row.key) : '';
    item.description = descriptionText(row, uid, ended, this.model.nsPid(row.key), figures);
    item.iconPath = processIcon(row, ended);
    item.contextValue = contextWords(row, ended, canSignal(this.host)).join(' ');
    const label = accessibleText(row, ended, this.model.isOwn(row), figures);
    item.accessibilityInformation = { label };
    const moment = momentUri(node);
    if (moment) item.resourceUri = moment;
    return item;
  }

  private label({ row }: ProcessNode): vscode.TreeItemLabel {
    const label = labelText(row);
    return { label, highlights: this.model.current.filter?.ranges(label) ?? [] };
  }

  /** What was looked for is to be seen, unless it is so much that it would be looked for again. */
  private get opensAll(): boolean {
    return this.model.current.filter !== undefined && this.model.counts.matched <= mostOpened;
  }

  /** Roots are open, and everything where a filter says what to look for; the rest would cost a fetch each. */
  private collapsibleState({
    childCount,
    isTop,
    row,
  }: ProcessNode): vscode.TreeItemCollapsibleState {
    if (childCount === 0) return vscode.TreeItemCollapsibleState.None;
    const open = this.opensAll || (isTop && row.kind !== 'kernelThread');
    return open
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }
}
