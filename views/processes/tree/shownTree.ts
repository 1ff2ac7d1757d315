import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Group, GroupKey } from '../grouping';
import { GroupElement, ProcessElement, RestElement, type TreeElement } from '../processElement';
import type { TableEntry } from '../processTable';
import type { NodeKey } from './branch';
import { Forest, type Criteria } from './forest';
import { GivenRows } from './givenRows';
import { planRefresh, type Refresh } from './refreshPlan';

/** One shown process. */
export interface ProcessNode {
  readonly key: ProcessKey;
  readonly row: ProcessRow;
  readonly ended: boolean;
  readonly isNew: boolean;
  /** No process stands above it. */
  readonly isTop: boolean;
  readonly childCount: number;
}

/** The tree as VS Code asks for it, and what it must ask for again when the tree changes. */
export class ShownTree {
  private readonly forest = new Forest();
  private readonly given = new GivenRows();
  private readonly elements = new Map<NodeKey, TreeElement>();
  private readonly rests = new Map<NodeKey | null, RestElement>();

  get counts(): { readonly matched: number; readonly total: number } {
    return this.forest;
  }

  get knownKeys(): Iterable<ProcessKey> {
    return this.forest.keys();
  }

  /** @param redrawn look different, whatever the entries say */
  update(
    entries: readonly (readonly [ProcessKey, TableEntry | undefined])[],
    criteria: Criteria,
    redrawn: Iterable<NodeKey>,
  ): Refresh {
    const changes = this.forest.update(entries, criteria);
    for (const key of redrawn) changes.rows.add(key);
    this.syncElements(entries);
    if (changes.groupsChanged) this.forgetGroups();
    return this.note(planRefresh(changes, this.forest, this.given));
  }

  /** VS Code is told so, and will ask again for what it wants. */
  note(refresh: Refresh): Refresh {
    this.given.note(refresh);
    return refresh;
  }

  /** What VS Code asks for is remembered: only that is refreshed when it changes. */
  roots(): readonly TreeElement[] {
    return this.give(null, this.forest.roots(this.given.limitOf(null)));
  }

  children(element: TreeElement): readonly TreeElement[] {
    if (element instanceof RestElement) return [];
    const limit = this.given.limitOf(element.key);
    return this.give(element.key, this.forest.below(element.key, limit));
  }

  parent(element: TreeElement): TreeElement | undefined {
    const isRest = element instanceof RestElement;
    const parent = isRest ? element.parent : this.forest.parentOf(element.key);
    return parent === null ? undefined : this.anyElement(parent);
  }

  setCollapsed(element: TreeElement, collapsed: boolean): void {
    if (!(element instanceof RestElement)) this.given.setCollapsed(element.key, collapsed);
  }

  /** Another filter starts with all rows expanded. */
  expandAll(): void {
    this.given.expandAll();
  }

  /** Processes below open rows, from the top down, at most so many. */
  openRows(most: number): readonly ProcessKey[] {
    return this.given.open(this.forest, most);
  }

  /** How many of those are below one, at most so many. */
  openBelow(key: ProcessKey, most: number): number {
    return this.given.open(this.forest, most, key).length;
  }

  keysAbove(key: ProcessKey): readonly NodeKey[] {
    const above = new Set<NodeKey>();
    for (let at = this.forest.parentOf(key); at !== null && !above.has(at);) {
      above.add(at);
      at = this.forest.parentOf(at);
    }
    return [...above];
  }

  /** As it is drawn from now on: a command acts on what its user could see, not on what came in since. */
  draw(element: ProcessElement): ProcessNode | undefined {
    const node = this.node(element);
    if (node) element.row = node.row;
    return node;
  }

  node({ key }: ProcessElement): ProcessNode | undefined {
    const branch = this.forest.branch(key);
    if (!branch) return undefined;
    const { row, endedAt, newSince } = branch.entry;
    const isTop = branch.place === null || this.group(branch.place as NodeKey) !== undefined;
    const childCount = this.forest.siblings(key).length;
    return { key, row, ended: endedAt !== null, isNew: newSince !== null, isTop, childCount };
  }

  groupNode({ key }: GroupElement): { readonly group: Group; readonly count: number } | undefined {
    return this.group(key);
  }

  /** How many children stand behind the row that stands for them. */
  hiddenBehind({ parent }: RestElement): number {
    return Math.max(0, this.forest.siblings(parent).length - this.given.limitOf(parent));
  }

  /** Gives more of the children of one row. */
  showMore({ parent }: RestElement): Refresh {
    this.given.raiseLimit(parent);
    return this.note(parent === null ? 'all' : [parent]);
  }

  /** The row of a process that is shown, and what must be refreshed so that it is among those that are given. */
  makeRoomFor(key: ProcessKey): Refresh {
    const crowded: NodeKey[] = [];
    let all = false;
    for (let at: NodeKey | null = key; at !== null;) {
      const parent: NodeKey | null = this.forest.parentOf(at);
      const index = this.forest.below(parent).indexOf(at);
      if (index >= this.given.limitOf(parent)) {
        this.given.raiseLimit(parent, index);
        if (parent === null) all = true;
        else crowded.push(parent);
      }
      at = parent;
    }
    const highest = crowded.at(-1);
    return this.note(all ? 'all' : highest ? [highest] : 'nothing');
  }

  /** undefined where it is not shown. */
  element(key: ProcessKey): ProcessElement | undefined {
    const element = this.isReachable(key) ? this.anyElement(key) : undefined;
    return element instanceof ProcessElement ? element : undefined;
  }

  anyElement(key: NodeKey): TreeElement | undefined {
    return this.elements.get(key) ?? this.makeElement(key);
  }

  private give(parent: NodeKey | null, keys: readonly NodeKey[]): readonly TreeElement[] {
    this.given.fetch(parent);
    const elements = keys.flatMap((key) => this.anyElement(key) ?? []);
    const isCut = this.forest.siblings(parent).length > this.given.limitOf(parent);
    return isCut ? [...elements, this.restElement(parent)] : elements;
  }

  private group(key: NodeKey) {
    return this.forest.group(key);
  }

  private makeElement(key: NodeKey): TreeElement | undefined {
    const branch = this.forest.branch(key);
    if (!branch && !this.group(key)) return undefined;
    const element = branch
      ? new ProcessElement(branch.key, branch.entry.row)
      : new GroupElement(key as GroupKey);
    this.elements.set(key, element);
    return element;
  }

  /** One for each parent, as long as VS Code may hold it. */
  restElement(parent: NodeKey | null): RestElement {
    const element = this.rests.get(parent) ?? new RestElement(parent);
    this.rests.set(parent, element);
    return element;
  }

  private syncElements(entries: readonly (readonly [ProcessKey, TableEntry | undefined])[]): void {
    for (const [key, entry] of entries) {
      if (!entry || !this.forest.branch(key)) this.drop(key);
      if (!entry) this.given.forget(key);
    }
  }

  private forgetGroups(): void {
    for (const [key, element] of this.elements) {
      if (!(element instanceof GroupElement) || this.group(key)) continue;
      this.drop(key);
      this.given.forget(key);
    }
  }

  private drop(key: NodeKey): void {
    this.elements.delete(key);
    this.rests.delete(key);
  }

  /** False for what the host's data put into a circle. */
  private isReachable(key: ProcessKey): boolean {
    const path = new Set<NodeKey>();
    for (let at: NodeKey | null = key; at !== null; at = this.forest.parentOf(at)) {
      if (path.has(at) || !(this.forest.branch(at) ?? this.group(at))) return false;
      path.add(at);
    }
    return true;
  }
}
