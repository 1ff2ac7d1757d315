import * as vscode from 'vscode';
import type { HostApi } from '../hostApi';
import { l10n } from '../l10n';
import { accessibleText } from '../processes/accessibleText';
import { canSignal, contextWords } from '../processes/contextWords';
import { processIcon } from '../processes/icons';
import { readTooltip } from '../processes/tooltip';
import { appearance, type Appearance } from './appearance';
import { Drawn, type Redraw } from './drawn';
import { MemberElement, type NamespacesElement } from './elements';
import type { NamespacesModel } from './model';
import { placeTooltip } from './placeTooltip';

const states: Readonly<Record<Appearance['children'], vscode.TreeItemCollapsibleState>> = {
  none: vscode.TreeItemCollapsibleState.None,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
};

/** Gives the namespaces to VS Code, and remembers what was given: nothing that looks the same is drawn again. */
export class NamespacesProvider implements vscode.TreeDataProvider<NamespacesElement> {
  private readonly changed = new vscode.EventEmitter<NamespacesElement[] | undefined>();
  private readonly drawn = new Drawn();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly model: NamespacesModel,
    private readonly host: HostApi,
    private readonly ownUid: () => number | null,
    /** The command behind a row that stands for more. */
    private readonly showMore: string,
  ) {}

  /** Draws what has changed. */
  refresh(): void {
    this.redraw(this.drawn.compare(this.tree));
    this.model.prune();
  }

  refreshAll(): void {
    this.drawn.clear();
    this.redraw('all');
  }

  close(element: NamespacesElement): void {
    this.drawn.close(element);
  }

  getChildren(element?: NamespacesElement): NamespacesElement[] {
    const children = element ? this.model.children(element) : this.model.roots();
    if (element) this.drawn.giveChildren(element, children);
    else this.drawn.giveRoots(children);
    return [...children];
  }

  getParent(element: NamespacesElement): NamespacesElement | undefined {
    return this.model.parent(element);
  }

  getTreeItem(element: NamespacesElement): vscode.TreeItem {
    const look = this.look(element);
    this.drawn.giveLook(element, JSON.stringify(look));
    const item = new vscode.TreeItem(look.label, states[look.children]);
    item.id = `${this.model.grouping} ${element.id}`;
    item.description = look.description;
    if (look.icon) item.iconPath = new vscode.ThemeIcon(look.icon);
    if (look.context) item.contextValue = look.context;
    item.accessibilityInformation = { label: `${look.label}, ${look.description}` };
    if (element instanceof MemberElement) this.dress(item, element);
    if (element.kind === 'more') {
      item.command = { command: this.showMore, title: look.label, arguments: [element] };
      item.tooltip = l10n.t('Rows are made as they are asked for');
    }
    return item;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    element: NamespacesElement,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip =
      element instanceof MemberElement
        ? await readTooltip(this.host, element.row)
        : placeTooltip(element, this.model);
    if (tooltip && !token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  /** As in the Processes view, so that the same menus fit. */
  private dress(item: vscode.TreeItem, element: MemberElement): void {
    const row = this.model.row(element.key) ?? element.row;
    element.row = row; // a command acts on what was drawn
    const isOwn = row.uid === this.ownUid();
    item.iconPath = processIcon(row, false);
    item.contextValue = contextWords(row, false, canSignal(this.host)).join(' ');
    item.accessibilityInformation = { label: accessibleText(row, false, isOwn) };
  }

  private look(element: NamespacesElement): Appearance {
    return appearance(element, this.model, this.ownUid());
  }

  private readonly tree = {
    roots: () => this.model.roots(),
    children: (element: NamespacesElement) => this.model.children(element),
    parent: (element: NamespacesElement) => this.model.parent(element),
    isShown: (element: NamespacesElement) => this.model.isShown(element),
    look: (element: NamespacesElement) => JSON.stringify(this.look(element)),
  };

  private redraw(what: Redraw): void {
    if (what === 'nothing') return;
    this.changed.fire(what === 'all' ? undefined : [...what]);
  }
}
