import type { ProcessKey, ProcessRow, TableDelta } from '../../native-host/protocol';

export interface TableEntry {
  readonly row: ProcessRow;
  /** When it was seen to be gone; such a row keeps its place for a moment. */
  readonly endedAt: number | null;
}

/** How long a row that ended keeps its place, so that nothing jumps away under the pointer. */
export const lingerMs = 4000;

/** The rows as the native host told them, and those that ended a moment ago. */
export class ProcessTable {
  private readonly entries = new Map<ProcessKey, TableEntry>();

  get(key: ProcessKey): TableEntry | undefined {
    return this.entries.get(key);
  }

  values(): IterableIterator<TableEntry> {
    return this.entries.values();
  }

  /** A new snapshot: nothing lingers, for nobody has watched what happened in between. */
  reset(rows: readonly ProcessRow[]): void {
    this.entries.clear();
    for (const row of rows) this.entries.set(row.key, { row, endedAt: null });
  }

  apply(delta: TableDelta, now: number): void {
    for (const key of delta.removed) this.end(key, now);
    for (const row of [...delta.added, ...delta.changed]) {
      this.entries.set(row.key, { row, endedAt: null });
    }
  }

  /** Lets go of what has lingered long enough; true when there was any. */
  forget(now: number): boolean {
    const old = [...this.entries].filter(([, { endedAt }]) => isOver(endedAt, now));
    for (const [key] of old) this.entries.delete(key);
    return old.length > 0;
  }

  /** When `forget` has something to do next; undefined when nothing lingers. */
  get nextForget(): number | undefined {
    const ends = [...this.entries.values()].flatMap(({ endedAt }) => endedAt ?? []);
    return ends.length === 0 ? undefined : Math.min(...ends) + lingerMs;
  }

  private end(key: ProcessKey, now: number): void {
    const entry = this.entries.get(key);
    if (entry && entry.endedAt === null) this.entries.set(key, { row: entry.row, endedAt: now });
  }
}

function isOver(endedAt: number | null, now: number): boolean {
  return endedAt !== null && now - endedAt >= lingerMs;
}
