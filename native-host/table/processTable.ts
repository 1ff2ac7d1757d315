/**
 * The live table: all processes that our procfs shows. Someone has to be subscribed, else nothing runs and nothing is
 * remembered; all who are share one table. Where the kernel's news serve (see kernel/procConnector.ts) they keep it up
 * to date, else scans do.
 */
import type { EpollLoop } from '../kernel/epollLoop.js';
import { SysError } from '../kernel/sysError.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { Users } from '../procfs/users.js';
import type { ProcessRow, ProcessState, TableDelta, TableMode } from '../protocol.js';
import { EventKeeper, eventMode } from './eventKeeper.js';
import type { Keeper, KeeperParts } from './keeper.js';
import { LiveRows } from './liveRows.js';
import { ProcessNews } from './processNews.js';
import type { RowReader } from './rowReader.js';
import { ScanKeeper, scanMode } from './scanKeeper.js';
import { TableReader } from './tableReader.js';

export interface TableParts {
  readonly root: ProcRoot;
  readonly reader: RowReader;
  readonly users: Users;
  readonly maxOpenFiles: number;
  /** Our own bundle: a helper lies beside it. */
  readonly script: string;
  /** Where the proc connector was proven to serve. */
  readonly newsLoop: EpollLoop | null;
  readonly log: (message: string) => void;
}

/** Is told what changed since the rows that it got when it subscribed. */
export type TableListener = (delta: TableDelta) => void;

interface Subscription {
  /** Not before it has its rows: no delta may come before them. */
  listening: boolean;
}

/** From the first subscription until nobody is subscribed any more. */
interface Session {
  readonly rows: LiveRows;
  keeper: Keeper;
}

export class ProcessTable {
  private readonly reader: TableReader;
  private readonly listeners = new Map<TableListener, Subscription>();
  private session: Session | null = null;
  /** Reading never overlaps: who asks during it waits for a whole new one. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: TableParts) {
    this.reader = new TableReader(parts);
  }

  get mode(): TableMode {
    return this.session?.keeper.mode ?? (this.parts.newsLoop ? eventMode : scanMode('noNews'));
  }

  /** Reads everything, and gives all rows; `listener` hears of what changes until it unsubscribes. Again: it starts anew. */
  async subscribe(listener: TableListener): Promise<readonly ProcessRow[]> {
    const subscription = this.register(listener, false);
    try {
      return await this.exclusive(() => this.begin(subscription));
    } catch (error) {
      if (this.listeners.get(listener) === subscription) this.unsubscribe(listener);
      throw error;
    } finally {
      this.endUnheard();
    }
  }

  /** As `subscribe`, without reading where somebody else is subscribed: with the rows that they have. */
  async join(listener: TableListener): Promise<readonly ProcessRow[]> {
    if (!this.session || !this.isLive) return await this.subscribe(listener);
    this.register(listener, true);
    return [...this.session.rows.values()];
  }

  unsubscribe(listener: TableListener): void {
    this.listeners.delete(listener);
    this.endUnheard();
  }

  /** Reads everything now; the subscribers have the difference before this resolves. */
  async refresh(): Promise<void> {
    if (!this.isLive) return;
    await this.exclusive(async () => await this.session?.keeper.readAll());
  }

  /** All rows, with no subscription and no memory of it. */
  async list(): Promise<readonly ProcessRow[]> {
    const rows = new LiveRows();
    const known = this.session?.rows;
    await this.exclusive(async () => {
      rows.replace(await this.reader.all((pid) => ({ previous: known?.get(pid) })));
      rows.update(await this.reader.anew(await this.reader.wronglyPresumed()));
    });
    return [...rows.values()];
  }

  /** Something was done to that process which the kernel announces to nobody. */
  expect(pid: number): void {
    this.session?.keeper.expect(pid);
  }

  /** Somebody has seen it in that state: a stop is told by nobody. */
  seen(pid: number, state: ProcessState): void {
    const known = this.session?.rows.get(pid);
    if (known && (known.state === 'T') !== (state === 'T')) this.expect(pid);
  }

  [Symbol.dispose](): void {
    for (const listener of [...this.listeners.keys()]) this.unsubscribe(listener);
  }

  /** Somebody has the rows and hears of what changes. */
  private get isLive(): boolean {
    return [...this.listeners.values()].some(({ listening }) => listening);
  }

  private register(listener: TableListener, listening: boolean): Subscription {
    const subscription = { listening };
    this.listeners.set(listener, subscription);
    return subscription;
  }

  private async begin(subscription: Subscription): Promise<readonly ProcessRow[]> {
    const session = (this.session ??= this.open());
    await session.keeper.readAll();
    subscription.listening = true; // in the same tick as the rows are taken
    session.keeper.start();
    void this.settle(session);
    return [...session.rows.values()];
  }

  /** The subscribers have all rows; what was presumed in them is found out now. */
  private async settle({ rows }: Session): Promise<void> {
    try {
      const wrong = await this.reader.wronglyPresumed();
      await this.exclusive(async () => {
        const delta = rows.update(await this.reader.anew(wrong));
        if (delta && this.session?.rows === rows) this.tell(delta);
      });
    } catch (error) {
      this.parts.log(`who are the first ones of containers is not known: ${String(error)}`);
    }
  }

  private endUnheard(): void {
    if (this.listeners.size > 0) return;
    this.session?.keeper[Symbol.dispose]();
    this.session = null; // a hidden view costs no memory either
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.reading.then(work);
    this.reading = result.catch(() => undefined); // the caller has the error; the next one is not its victim
    return result;
  }

  private tell(delta: TableDelta): void {
    for (const [listener, { listening }] of [...this.listeners]) if (listening) listener(delta);
  }

  private open(): Session {
    const rows = new LiveRows();
    const parts = this.keeperParts(rows);
    const news = this.listen();
    if (!news) return { rows, keeper: new ScanKeeper(parts, 'noNews') };
    return { rows, keeper: new EventKeeper(parts, news, () => this.scanFromNowOn(rows)) };
  }

  /** null: then the table is scanned. */
  private listen(): ProcessNews | null {
    const { newsLoop, log } = this.parts;
    if (!newsLoop) return null;
    try {
      const news = new ProcessNews(newsLoop);
      if (news.isAlive()) return news;
      news[Symbol.dispose]();
      log('the kernel does not tell this socket of our own changes');
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      log(`no news of processes: ${error.message}`);
    }
    return null;
  }

  private scanFromNowOn(rows: LiveRows): void {
    if (this.session?.rows !== rows) return;
    this.parts.log('the kernel tells no news any more: the table is scanned');
    this.session.keeper[Symbol.dispose]();
    const keeper = new ScanKeeper(this.keeperParts(rows), 'silence');
    this.session.keeper = keeper;
    this.tell({ added: [], changed: [], removed: [], mode: keeper.mode });
    keeper.start();
  }

  private keeperParts(rows: LiveRows): KeeperParts {
    return {
      rows,
      reader: this.reader,
      tell: (delta) => this.tell(delta),
      exclusive: (work) => this.exclusive(work),
      log: this.parts.log,
    };
  }
}
