/**
 * The live table: all processes that our procfs shows, by scans. Someone has to be subscribed, else nothing runs; all
 * who are share the scans.
 * A number counts as unchanged only after its identity was compared, so a recycled one is a removed row and an added one.
 */
import type { ProcRoot } from '../procfs/procRoot.js';
import type { Users } from '../procfs/users.js';
import type { ProcessRow, TableDelta, TableMode } from '../protocol.js';
import type { RowReader } from './rowReader.js';

/** Rows read at once, at most: bounds the descriptors in use, and lets other requests in between. */
const largestSlice = 64;
const shortestIntervalMs = 1000;
/** A scan may take at most this share of the time. */
const loadFactor = 20;

type Rows = ReadonlyMap<number, ProcessRow>;

export interface TableParts {
  readonly root: ProcRoot;
  readonly reader: RowReader;
  readonly users: Users;
  readonly maxOpenFiles: number;
  readonly log: (message: string) => void;
}

/** Is told what changed since the rows that it got when it subscribed. */
export type TableListener = (delta: TableDelta) => void;

export class ProcessTable {
  private rows: Rows = new Map();
  private timer: NodeJS.Timeout | null = null;
  /** Not listening: its rows are being read, and no delta may come before them. */
  private readonly listeners = new Map<TableListener, { listening: boolean }>();
  private intervalMs = shortestIntervalMs;
  /** Scans never overlap: who asks during one waits for a whole new one. */
  private scanning: Promise<unknown> = Promise.resolve();

  private readonly slice: number;

  constructor(private readonly parts: TableParts) {
    this.slice = Math.min(largestSlice, Math.max(4, Math.floor(parts.maxOpenFiles / 8)));
  }

  get mode(): TableMode {
    return { kind: 'scan', intervalMs: this.intervalMs };
  }

  /** Scans, and gives all rows; `listener` hears of what changes until it unsubscribes. Again: it starts anew. */
  async subscribe(listener: TableListener): Promise<readonly ProcessRow[]> {
    const subscription = this.register(listener, false);
    return await this.exclusive(async () => {
      await this.scan();
      subscription.listening = true; // in the same tick as the rows are taken
      this.schedule();
      return [...this.rows.values()];
    });
  }

  /** As `subscribe`, without a scan where somebody else is subscribed: with the rows that they have. */
  async join(listener: TableListener): Promise<readonly ProcessRow[]> {
    if (!this.isLive) return await this.subscribe(listener);
    this.register(listener, true);
    return [...this.rows.values()];
  }

  unsubscribe(listener: TableListener): void {
    this.listeners.delete(listener);
    this.schedule();
    if (this.listeners.size === 0) this.rows = new Map(); // a hidden view costs no memory either
  }

  /** Scans now; the subscribers have the difference before this resolves. */
  async refresh(): Promise<void> {
    if (!this.isLive) return;
    await this.exclusive(() => this.scan());
    this.schedule();
  }

  /** All rows, with no subscription and no memory of it. */
  async list(): Promise<readonly ProcessRow[]> {
    const rows = await this.exclusive(() => this.readAll());
    return [...rows.values()];
  }

  [Symbol.dispose](): void {
    for (const listener of [...this.listeners.keys()]) this.unsubscribe(listener);
  }

  /** Somebody has the rows and hears of what changes. */
  private get isLive(): boolean {
    return [...this.listeners.values()].some(({ listening }) => listening);
  }

  private register(listener: TableListener, listening: boolean): { listening: boolean } {
    const subscription = { listening };
    this.listeners.set(listener, subscription);
    return subscription;
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.scanning.then(work);
    this.scanning = result.catch(() => undefined); // the caller has the error; the next scan is not its victim
    return result;
  }

  private schedule(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = this.isLive ? setTimeout(() => void this.tick(), this.intervalMs) : null;
  }

  private async tick(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      // Out of descriptors, say: the rows stay as they are, and the next scan tries again.
      this.parts.log(`scan failed: ${String(error)}`);
      this.schedule();
    }
  }

  private async scan(): Promise<void> {
    const started = performance.now();
    const after = await this.readAll();
    if (this.listeners.size === 0) return; // nobody is left who asked for it
    const delta = difference(this.rows, after);
    this.rows = after;
    this.intervalMs = Math.max(shortestIntervalMs, (performance.now() - started) * loadFactor);
    if (delta) this.tell(delta);
  }

  private tell(delta: TableDelta): void {
    for (const [listener, { listening }] of [...this.listeners]) if (listening) listener(delta);
  }

  private async readAll(): Promise<Rows> {
    const { root, reader, users } = this.parts;
    users.refresh();
    const rows = new Map<number, ProcessRow>();
    const pids = root.pids();
    for (let at = 0; at < pids.length; at += this.slice) {
      const some = pids.slice(at, at + this.slice);
      const read = await Promise.all(some.map((pid) => reader.read(pid, this.rows.get(pid))));
      for (const row of read) if (row) rows.set(row.pid, row);
    }
    linkParents(rows);
    return rows;
  }
}

/**
 * Numbers of parents were read a moment before or after the parents themselves: a parent that started later than its
 * child is the number's next owner, not the parent.
 */
function linkParents(rows: Map<number, ProcessRow>): void {
  for (const row of rows.values()) {
    const parent = rows.get(row.ppid);
    const isParent = parent && (parent.startedAt ?? 0) <= (row.startedAt ?? 0);
    const parentKey = isParent ? parent.key : null;
    if (row.parentKey !== parentKey) rows.set(row.pid, { ...row, parentKey });
  }
}

/** null when nothing changed. Unchanged rows are the same objects. */
export function difference(before: Rows, after: Rows): TableDelta | null {
  const added: ProcessRow[] = [];
  const changed: ProcessRow[] = [];
  for (const [pid, row] of after) {
    const old = before.get(pid);
    if (old === row) continue;
    (old?.key === row.key ? changed : added).push(row);
  }
  const removed = [...before.values()]
    .filter((row) => after.get(row.pid)?.key !== row.key)
    .map((row) => row.key);
  const changes = added.length + changed.length + removed.length;
  return changes === 0 ? null : { added, changed, removed };
}
