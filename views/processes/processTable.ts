import type { ProcessKey, ProcessRow, TableDelta } from '../../native-host/protocol';

export interface TableEntry {
  readonly row: ProcessRow;
  /** When it was seen to be gone; such a row keeps its place for a moment. */
  readonly endedAt: number | null;
  /** When it came, for as long as it is new. */
  readonly newSince: number | null;
}

/** How long a row that ended keeps its place, so that nothing jumps away under the pointer, and one that came is new. */
export const lingerMs = 4000;

/** What is over when it has lasted long enough: that a process is new, or that its row is still there. */
interface Moment {
  readonly key: ProcessKey;
  readonly at: number;
}

/** The rows as the native host told them, and those that ended a moment ago. */
export class ProcessTable {
  private readonly entries = new Map<ProcessKey, TableEntry>();
  /** In order: all last equally long. */
  private moments: Moment[] = [];

  get(key: ProcessKey): TableEntry | undefined {
    return this.entries.get(key);
  }

  keys(): IterableIterator<ProcessKey> {
    return this.entries.keys();
  }

  /** A new snapshot: nothing lingers or is new, for nobody has watched what happened in between. */
  reset(rows: readonly ProcessRow[]): void {
    this.entries.clear();
    this.moments = [];
    for (const row of rows) this.entries.set(row.key, { row, endedAt: null, newSince: null });
  }

  apply({ removed, added, changed }: TableDelta, now: number): void {
    for (const key of removed) this.end(key, now);
    for (const row of added) {
      this.entries.set(row.key, { row, endedAt: null, newSince: now });
      this.moments.push({ key: row.key, at: now });
    }
    for (const row of changed) {
      const newSince = this.entries.get(row.key)?.newSince ?? null;
      this.entries.set(row.key, { row, endedAt: null, newSince });
    }
  }

  /** Lets go of what has lingered long enough. */
  forget(now: number): {
    readonly gone: readonly ProcessKey[];
    readonly settled: readonly ProcessKey[];
  } {
    const open = this.moments.findIndex(({ at }) => now - at < lingerMs);
    const over = this.moments.splice(0, open < 0 ? this.moments.length : open);
    const gone = over.filter(({ key, at }) => this.entries.get(key)?.endedAt === at);
    const settled = over.filter(({ key, at }) => this.entries.get(key)?.newSince === at);
    for (const { key } of settled) this.settle(key);
    for (const { key } of gone) this.entries.delete(key);
    return { gone: gone.map(({ key }) => key), settled: settled.map(({ key }) => key) };
  }

  /** When `forget` has something to do next; undefined when nothing lingers. */
  get nextForget(): number | undefined {
    const [first] = this.moments;
    return first && first.at + lingerMs;
  }

  private end(key: ProcessKey, now: number): void {
    const entry = this.entries.get(key);
    if (!entry || entry.endedAt !== null) return;
    this.entries.set(key, { ...entry, endedAt: now, newSince: null });
    this.moments.push({ key, at: now });
  }

  private settle(key: ProcessKey): void {
    const entry = this.entries.get(key);
    if (entry) this.entries.set(key, { ...entry, newSince: null });
  }
}
