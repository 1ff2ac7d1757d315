import type { ProcessKey, ProcessRow, TableDelta } from '../../native-host/protocol';
import { compareStructures, type Refresh } from './changes';
import { parseFilter } from './filter';
import { ProcessElement } from './processElement';
import { ProcessTable } from './processTable';
import {
  buildStructure,
  emptyStructure,
  type Choices,
  type Node,
  type Structure,
} from './structure';

/** What a person chose to see; stored as it is. */
export interface StoredChoices {
  readonly filter: string;
  readonly kernelThreads: boolean;
  readonly otherUsers: boolean;
}

export const defaultChoices: StoredChoices = {
  filter: '',
  kernelThreads: false,
  otherUsers: true,
};

/**
 * The tree behind the view. Changes gather unseen; `publish` makes them the tree that `roots`, `children` and `node`
 * answer from, and says what VS Code must fetch again. So what VS Code fetches late is still what was compared.
 */
export class ProcessesModel {
  private readonly table = new ProcessTable();
  private readonly elements = new Map<ProcessKey, ProcessElement>();
  private structure: Structure = emptyStructure;
  private choices: Choices = { ...defaultChoices, filter: undefined };
  private generation = 0;
  private ownUid: number | null = null;
  private stale = false;
  private refreshAll = false;

  /** Changes with the filter: rows of another generation start expanded afresh. */
  get filterGeneration(): number {
    return this.choices.filter ? this.generation : 0;
  }

  get current(): Choices {
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
    this.structure = buildStructure(this.table, this.choices, this.ownUid);
    this.stale = false;
    this.syncElements();
    const refresh = this.refreshAll ? 'all' : compareStructures(before, this.structure);
    this.refreshAll = false;
    return refresh;
  }

  roots(): readonly ProcessElement[] {
    return this.toElements(this.structure.roots);
  }

  children(element: ProcessElement): readonly ProcessElement[] {
    return this.toElements(this.node(element)?.children ?? []);
  }

  parent(element: ProcessElement): ProcessElement | undefined {
    const parent = this.node(element)?.parent;
    return parent ? this.elements.get(parent) : undefined;
  }

  node(element: ProcessElement): Node | undefined {
    return this.structure.nodes.get(element.key);
  }

  element(key: ProcessKey): ProcessElement | undefined {
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

  private toElements(keys: readonly ProcessKey[]): readonly ProcessElement[] {
    return keys.flatMap((key) => this.elements.get(key) ?? []);
  }

  private syncElements(): void {
    for (const key of this.elements.keys()) {
      if (!this.structure.nodes.has(key)) this.elements.delete(key);
    }
    for (const { key, row } of this.structure.nodes.values()) {
      const element = this.elements.get(key);
      if (element) element.row = row;
      else this.elements.set(key, new ProcessElement(key, row));
    }
  }
}
