import type { ProcessKey, ProcessRow, TableDelta } from '../protocol.js';

/** What was read of numbers: null where nobody has one. */
export type Findings = ReadonlyMap<number, ProcessRow | null>;

/** All rows by number, and who says to be whose child. Each update gives what it changed. */
export class LiveRows {
  private readonly rows = new Map<number, ProcessRow>();
  private readonly children = new Map<number, Set<number>>();
  /** Numbers of those that are not just asleep. */
  readonly restless = new Set<number>();

  get size(): number {
    return this.rows.size;
  }

  get(pid: number): ProcessRow | undefined {
    return this.rows.get(pid);
  }

  values(): IterableIterator<ProcessRow> {
    return this.rows.values();
  }

  numbers(): IterableIterator<number> {
    return this.rows.keys();
  }

  childrenOf(pid: number): Iterable<number> {
    return this.children.get(pid) ?? [];
  }

  /** These are all that there are. */
  replace(all: Findings): TableDelta | null {
    const gone = [...this.rows.keys()].filter((pid) => !all.has(pid));
    if (gone.length === 0) return this.update(all);
    return this.update(new Map([...all, ...gone.map((pid) => [pid, null] as const)]));
  }

  /** null when nothing changed. A recycled number is a removed row and an added row. */
  update(findings: Findings): TableDelta | null {
    const before = new Map<number, ProcessRow | undefined>();
    for (const pid of findings.keys()) before.set(pid, this.rows.get(pid));
    for (const [pid, row] of findings) this.set(pid, row);
    for (const pid of this.toLink(before)) this.link(pid, before);
    return this.difference(before);
  }

  private set(pid: number, row: ProcessRow | null): void {
    const old = this.rows.get(pid);
    if (row === (old ?? null)) return;
    if (old && old.ppid !== row?.ppid) this.leave(old);
    if (row && row.state !== 'S' && row.state !== 'I') this.restless.add(pid);
    else this.restless.delete(pid);
    if (!row) {
      this.rows.delete(pid);
      return;
    }
    this.rows.set(pid, row);
    if (old?.ppid !== row.ppid) this.join(row);
  }

  private leave({ pid, ppid }: ProcessRow): void {
    const siblings = this.children.get(ppid);
    siblings?.delete(pid);
    if (siblings?.size === 0) this.children.delete(ppid);
  }

  private join({ pid, ppid }: ProcessRow): void {
    const siblings = this.children.get(ppid);
    if (siblings) siblings.add(pid);
    else this.children.set(ppid, new Set([pid]));
  }

  /** Those that were read, and the children of numbers that mean somebody else now. */
  private toLink(before: ReadonlyMap<number, ProcessRow | undefined>): Set<number> {
    const pids = new Set(before.keys());
    for (const [pid, old] of before) {
      if (this.rows.get(pid)?.key === old?.key) continue;
      for (const child of this.childrenOf(pid)) pids.add(child);
    }
    return pids;
  }

  /**
   * Numbers of parents were read a moment before or after the parents themselves: a parent that started later than its
   * child is the number's next owner, not the parent.
   */
  private link(pid: number, before: Map<number, ProcessRow | undefined>): void {
    const row = this.rows.get(pid);
    if (!row) return;
    const parent = this.rows.get(row.ppid);
    const parentKey = parent && (parent.startedAt ?? 0) <= (row.startedAt ?? 0) ? parent.key : null;
    if (row.parentKey === parentKey) return;
    if (!before.has(pid)) before.set(pid, row);
    this.rows.set(pid, { ...row, parentKey });
  }

  private difference(before: ReadonlyMap<number, ProcessRow | undefined>): TableDelta | null {
    const added: ProcessRow[] = [];
    const changed: ProcessRow[] = [];
    const removed: ProcessKey[] = [];
    for (const [pid, old] of before) {
      const row = this.rows.get(pid);
      if (row === old) continue;
      if (row) (row.key === old?.key ? changed : added).push(row);
      if (old && row?.key !== old.key) removed.push(old.key);
    }
    const changes = added.length + changed.length + removed.length;
    return changes === 0 ? null : { added, changed, removed };
  }
}
