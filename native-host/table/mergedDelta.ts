import type { ProcessKey, ProcessRow, TableDelta, TableMode } from '../protocol.js';

/** Several deltas made one: each row once, as it is by now, and nothing of whoever came and went in between. */
export class MergedDelta {
  private readonly added = new Map<ProcessKey, ProcessRow>();
  private readonly changed = new Map<ProcessKey, ProcessRow>();
  private readonly removed = new Set<ProcessKey>();
  private mode: TableMode | undefined;

  add({ added, changed, removed, mode }: TableDelta): void {
    for (const key of removed) this.remove(key);
    for (const row of changed)
      (this.added.has(row.key) ? this.added : this.changed).set(row.key, row);
    for (const row of added)
      (this.removed.delete(row.key) ? this.changed : this.added).set(row.key, row);
    this.mode = mode ?? this.mode;
  }

  /** null: it all came to nothing. */
  take(): TableDelta | null {
    const { mode } = this;
    const [added, changed] = [[...this.added.values()], [...this.changed.values()]];
    const removed = [...this.removed];
    for (const part of [this.added, this.changed, this.removed]) part.clear();
    this.mode = undefined;
    if (!mode && added.length + changed.length + removed.length === 0) return null;
    return { added, changed, removed, ...(mode ? { mode } : {}) };
  }

  private remove(key: ProcessKey): void {
    this.changed.delete(key);
    if (!this.added.delete(key)) this.removed.add(key);
  }
}
