import type { NamespaceNews, ProcessKey, ProcessRow, TableDelta } from '../../native-host/protocol';
import { NamespaceStore } from '../namespaceStore';
import { defaultChoices, type StoredChoices } from './choices';
import { FilterTooSlow, parseFilter, type Filter } from './filter';
import { groupOf } from './grouping';
import { isMeasured, rankOf, type Measured } from './order';
import { ProcessTable, type TableEntry } from './processTable';
import type { Criteria } from './tree/forest';
import type { Refresh } from './tree/refreshPlan';
import { ShownTree } from './tree/shownTree';

type Choices = Omit<StoredChoices, 'filter'> & { readonly filter: Filter | undefined };
type Switches = Pick<Choices, 'kernelThreads' | 'otherUsers'>;

/**
 * What is behind the view. Changes gather unseen; `publish` makes them the tree that VS Code is given, and says what it
 * must fetch again. So what VS Code fetches late is still what was compared.
 */
export class ProcessesModel {
  readonly tree = new ShownTree();
  private readonly table = new ProcessTable();
  private choices: Choices = { ...defaultChoices, filter: undefined };
  private generation = 0;
  private ownUid: number | null = null;
  /** Processes that may have another place or look by now. */
  private touched = new Set<ProcessKey>();
  private allTouched = false;
  /** Look different, though their rows may not. */
  private redrawn = new Set<ProcessKey>();
  private refreshAll = false;
  private measured: Measured = new Map();

  /** `namespaces` knows what processes share, while somebody keeps it told. */
  constructor(private readonly namespaces = new NamespaceStore()) {}

  /** Changes with the filter: rows of another generation start expanded afresh. */
  get filterGeneration(): number {
    return this.choices.filter ? this.generation : 0;
  }

  get current(): Readonly<Choices> {
    return this.choices;
  }

  get counts(): { readonly matched: number; readonly total: number } {
    return this.tree.counts;
  }

  get uid(): number | null {
    return this.ownUid;
  }

  /** Throws a FilterError and changes nothing when the filter cannot be read, or takes too long. */
  choose(stored: StoredChoices): void {
    const before = this.choices;
    const filter = parseFilter(stored.filter);
    const isSame = filter?.text === before.filter?.text;
    if (!isSame) filter?.learn?.(this.rowsOn(stored, this.table.keys()));
    this.choices = { ...stored, filter: isSame ? before.filter : filter };
    if (!isSame) {
      this.generation++;
      this.tree.expandAll();
    }
    const differs = (...names: (keyof Choices)[]) =>
      names.some((name) => this.choices[name] !== before[name]);
    // Highlights, expansion, icons and numbers change, though rows may not.
    if (differs('filter', 'grouping', 'order', 'namespaceNumbers', 'figures'))
      this.refreshAll = true;
    if (differs('filter', 'grouping', 'order', 'kernelThreads', 'otherUsers')) this.touchAll();
  }

  reset(rows: readonly ProcessRow[], ownUid: number | null): void {
    this.table.reset(rows);
    this.ownUid = ownUid;
    this.touchAll();
  }

  apply(delta: TableDelta, now: number): void {
    this.table.apply(delta, now);
    for (const key of delta.removed) this.touched.add(key);
    for (const { key } of delta.added) this.touched.add(key);
    for (const { key } of delta.changed) this.touched.add(key);
  }

  /** Puts siblings in order by what they use now: those whose measure is another. False when there is none. */
  measure(measured: Measured): boolean {
    const moved = [...measured].filter(([key, value]) => this.measured.get(key) !== value);
    for (const [key] of moved) this.touched.add(key);
    this.measured = measured;
    return moved.length > 0;
  }

  /** Rows that look different though nothing was told of them. */
  redraw(keys: readonly ProcessKey[]): void {
    for (const key of keys) this.redrawn.add(key);
  }

  get showsFigures(): boolean {
    return this.choices.figures || isMeasured(this.choices.order);
  }

  /** All that live, shown or not. */
  livingKeys(): readonly ProcessKey[] {
    return [...this.table.keys()].filter((key) => this.table.get(key)?.endedAt === null);
  }

  /** What processes share has changed: of whom; undefined for all. */
  touchNamespaces(news?: NamespaceNews): void {
    if (!news || news.namespaces.length + news.containers.length > 0) {
      this.touchAll();
      if (this.choices.namespaceNumbers) this.refreshAll = true;
    }
    for (const { key } of news?.members ?? []) {
      this.touched.add(key);
      if (this.choices.namespaceNumbers) this.redrawn.add(key);
    }
  }

  /** Its number in its own PID namespace, where that is to be shown and is not ours. */
  nsPid(key: ProcessKey): number | null {
    return this.choices.namespaceNumbers ? (this.namespaces.members.get(key)?.nsPid ?? null) : null;
  }

  /** Drops rows that ended some seconds ago. @returns those that are no longer new */
  forget(now: number): readonly ProcessKey[] {
    const { gone, settled } = this.table.forget(now);
    for (const key of [...gone, ...settled]) this.touched.add(key);
    return settled;
  }

  get nextForget(): number | undefined {
    return this.table.nextForget;
  }

  /** Costs what changed since the last time, and nothing when nothing did. */
  publish(): Refresh {
    if (!this.tryFilter()) {
      this.touchAll();
      this.refreshAll = true;
    }
    const { redrawn, refreshAll } = this;
    const entries = [...this.entries()];
    this.touched = new Set();
    this.redrawn = new Set();
    this.refreshAll = false;
    this.allTouched = false;
    if (entries.length === 0 && redrawn.size === 0 && !refreshAll) return 'nothing';
    const refresh = this.tree.update(entries, this.criteria(), redrawn);
    return refreshAll ? this.tree.note('all') : refresh;
  }

  /** Whether it is known at all, shown or not. */
  knownRow(key: ProcessKey): ProcessRow | undefined {
    return this.table.get(key)?.row;
  }

  /** It came a moment ago. */
  isNew(key: ProcessKey): boolean {
    return (this.table.get(key)?.newSince ?? null) !== null;
  }

  isOwn(row: ProcessRow): boolean {
    return row.uid === this.ownUid;
  }

  private touchAll(): void {
    this.allTouched = true;
  }

  /** False when one that came makes it too slow: from now on all match. */
  private tryFilter(): boolean {
    try {
      this.choices.filter?.learn?.(this.rowsOn(this.choices, this.touchedKeys()));
      return true;
    } catch (error) {
      if (error instanceof FilterTooSlow) return false;
      throw error;
    }
  }

  private touchedKeys(): Iterable<ProcessKey> {
    return this.allTouched ? this.table.keys() : this.touched;
  }

  private *entries(): Iterable<readonly [ProcessKey, TableEntry | undefined]> {
    for (const key of this.touchedKeys()) yield [key, this.table.get(key)];
    if (!this.allTouched) return;
    for (const key of this.tree.knownKeys) if (!this.table.get(key)) yield [key, undefined];
  }

  /** Those that the switches let through. */
  private *rowsOn(switches: Switches, keys: Iterable<ProcessKey>): Iterable<ProcessRow> {
    for (const key of keys) {
      const row = this.knownRow(key);
      if (row && this.isOn(switches, row)) yield row;
    }
  }

  private isOn({ kernelThreads, otherUsers }: Switches, row: ProcessRow): boolean {
    return row.kind === 'kernelThread' ? kernelThreads : otherUsers || this.isOwn(row);
  }

  private criteria(): Criteria {
    const { filter, grouping, order } = this.choices;
    return {
      filter,
      groupOf: groupOf(grouping, this.namespaces),
      isOn: (row) => this.isOn(this.choices, row),
      rankOf: (row) => rankOf(row, order, this.measured),
    };
  }
}
