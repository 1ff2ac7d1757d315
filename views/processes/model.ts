import type { ProcessKey, ProcessRow, TableDelta } from '../../native-host/protocol';
import { NamespaceStore } from '../namespaceStore';
import { compareStructures, type Refresh } from './changes';
import { parseFilter } from './filter';
import { groupOf, type Grouping } from './grouping';
import { GroupElement, ProcessElement, type TreeElement } from './processElement';
import { ProcessTable } from './processTable';
import {
  buildStructure,
  emptyStructure,
  type Choices,
  type GroupNode,
  type Node,
  type NodeKey,
  type ProcessNode,
  type Structure,
} from './structure';

/** What a person chose to see; stored as it is. */
export interface StoredChoices {
  readonly filter: string;
  readonly kernelThreads: boolean;
  readonly otherUsers: boolean;
  readonly grouping: Grouping;
  /** Of processes in PID namespaces below ours: the number there first. */
  readonly namespaceNumbers: boolean;
}

export const defaultChoices: StoredChoices = {
  filter: '',
  kernelThreads: false,
  otherUsers: true,
  grouping: 'parent',
  namespaceNumbers: false,
};

/**
 * The tree behind the view. Changes gather unseen; `publish` makes them the tree that `roots`, `children` and `node`
 * answer from, and says what VS Code must fetch again. So what VS Code fetches late is still what was compared.
 */
export class ProcessesModel {
  private readonly table = new ProcessTable();
  private readonly elements = new Map<NodeKey, TreeElement>();
  private structure: Structure = emptyStructure;
  private choices: Choices & Pick<StoredChoices, 'grouping' | 'namespaceNumbers'> = {
    ...defaultChoices,
    filter: undefined,
  };
  private generation = 0;
  private ownUid: number | null = null;
  private stale = false;
  private refreshAll = false;

  /** `namespaces` knows what processes share, while somebody keeps it told. */
  constructor(private readonly namespaces = new NamespaceStore()) {}

  /** Changes with the filter: rows of another generation start expanded afresh. */
  get filterGeneration(): number {
    return this.choices.filter ? this.generation : 0;
  }

  get current(): Readonly<typeof this.choices> {
    return this.choices;
  }

  get counts(): { readonly matched: number; readonly total: number } {
    return this.structure;
  }

  /** Throws a FilterError and changes nothing when the filter cannot be read. */
  choose(stored: StoredChoices): void {
    const filter = parseFilter(stored.filter);
    if (filter?.text !== this.choices.filter?.text) {
      this.generation++;
      this.refreshAll = true; // highlights and expansion change, though rows may not
    }
    const { grouping, namespaceNumbers } = this.choices;
    if (stored.grouping !== grouping || stored.namespaceNumbers !== namespaceNumbers) {
      this.refreshAll = true;
    }
    this.choices = { ...stored, filter };
    this.stale = true;
  }

  reset(rows: readonly ProcessRow[], ownUid: number | null): void {
    this.table.reset(rows);
    this.ownUid = ownUid;
    this.stale = true;
  }

  apply(delta: TableDelta, now: number): void {
    this.table.apply(delta, now);
    this.stale = true;
  }

  /** What processes share has changed. */
  touchNamespaces(): void {
    this.stale = true;
    if (this.choices.namespaceNumbers) this.refreshAll = true;
  }

  /** Its number in its own PID namespace, where that is to be shown and is not ours. */
  nsPid(key: ProcessKey): number | null {
    return this.choices.namespaceNumbers ? (this.namespaces.members.get(key)?.nsPid ?? null) : null;
  }

  /** Drops rows that ended some seconds ago. */
  forget(now: number): void {
    if (this.table.forget(now)) this.stale = true;
  }

  get nextForget(): number | undefined {
    return this.table.nextForget;
  }

  publish(): Refresh {
    if (!this.stale) return 'nothing';
    const before = this.structure;
    this.structure = buildStructure(
      this.table,
      this.choices,
      this.ownUid,
      groupOf(this.choices.grouping, this.namespaces),
    );
    this.stale = false;
    this.syncElements();
    const refresh = this.refreshAll ? 'all' : compareStructures(before, this.structure);
    this.refreshAll = false;
    return refresh;
  }

  roots(): readonly TreeElement[] {
    return this.toElements(this.structure.roots);
  }

  children(element: TreeElement): readonly TreeElement[] {
    return this.toElements(this.structure.nodes.get(element.key)?.children ?? []);
  }

  parent(element: TreeElement): TreeElement | undefined {
    const parent = this.structure.nodes.get(element.key)?.parent;
    return parent ? this.elements.get(parent) : undefined;
  }

  node(element: ProcessElement): ProcessNode | undefined {
    const node = this.structure.nodes.get(element.key);
    return node && 'row' in node ? node : undefined;
  }

  groupNode(element: GroupElement): GroupNode | undefined {
    const node = this.structure.nodes.get(element.key);
    return node && 'group' in node ? node : undefined;
  }

  element(key: ProcessKey): ProcessElement | undefined {
    const element = this.elements.get(key);
    return element instanceof ProcessElement ? element : undefined;
  }

  anyElement(key: NodeKey): TreeElement | undefined {
    return this.elements.get(key);
  }

  /** Whether it is known at all, shown or not. */
  knownRow(key: ProcessKey): ProcessRow | undefined {
    return this.table.get(key)?.row;
  }

  isOwn(row: ProcessRow): boolean {
    return row.uid === this.ownUid;
  }

  get uid(): number | null {
    return this.ownUid;
  }

  private toElements(keys: readonly NodeKey[]): readonly TreeElement[] {
    return keys.flatMap((key) => this.elements.get(key) ?? []);
  }

  private syncElements(): void {
    for (const key of this.elements.keys()) {
      if (!this.structure.nodes.has(key)) this.elements.delete(key);
    }
    for (const node of this.structure.nodes.values()) this.syncElement(node);
  }

  private syncElement(node: Node): void {
    const element = this.elements.get(node.key);
    if (!('row' in node)) {
      if (!element) this.elements.set(node.key, new GroupElement(node.key));
    } else if (element instanceof ProcessElement) element.row = node.row;
    else this.elements.set(node.key, new ProcessElement(node.key, node.row));
  }
}
