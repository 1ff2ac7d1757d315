import type { ProcessOpener } from '../../process/processOpener.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import type { Users } from '../../procfs/users.js';
import type { NamespaceNews, ProcessRow, TableDelta } from '../../protocol.js';
import type { Namer } from '../../containers/namer.js';
import type { ProcessTable } from '../../table/processTable.js';
import { Census } from './census.js';
import { MemberReader } from './reading.js';

/** So long may we read before other requests get their turn. */
const sliceMs = 4;
/** While new processes are being read, what is known of them is told so often. */
const tellEveryMs = 400;
/** Reading again those that are known takes at most this share of the time, and each not more often than each second. */
const loadFactor = 50;
const shortestRoundMs = 1000;

export interface InventoryParts {
  readonly root: ProcRoot;
  readonly opener: ProcessOpener;
  readonly users: Users;
  readonly table: ProcessTable;
  readonly namer: Pick<Namer, 'find'>;
  readonly onNews: (news: NamespaceNews) => void;
  readonly log: (message: string) => void;
}

/** The namespaces of all processes, while somebody is subscribed: else no timer, no memory. */
export class Inventory {
  private census: Census | null = null;
  /** What the table told since its rows were taken and before the census had them. null: nobody is subscribing. */
  private early: TableDelta[] | null = null;
  private timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  private toldAt = 0;
  /** There were links to be read when we told last. */
  private presuming = false;
  private roundBegan = 0;
  /** Something could not be read just now: trying again at once would fail again. */
  private failed = false;
  private readonly reader: MemberReader;

  constructor(private readonly parts: InventoryParts) {
    this.reader = new MemberReader(parts.root, parts.opener);
  }

  /** Everything, mostly presumed; what is read follows. One subscriber: a second call starts anew. */
  async subscribe(): Promise<NamespaceNews> {
    this.unsubscribe();
    const early: TableDelta[] = [];
    this.early = early;
    try {
      const rows = await this.parts.table.join(this.onDelta);
      return this.open(rows, early);
    } catch (error) {
      if (this.early === early) this.unsubscribe();
      throw error;
    }
  }

  /** Whom it counts now, for one question: to be disposed. */
  async count(): Promise<Census> {
    return this.censusOf(await this.parts.table.list(), () => false);
  }

  private open(rows: readonly ProcessRow[], early: TableDelta[]): NamespaceNews {
    const { table } = this.parts;
    const census = this.censusOf(rows, () => table.mode.kind === 'events');
    for (const delta of early) census.apply(delta);
    const news = census.takeNews();
    if (this.early === early) this.begin(census);
    else census[Symbol.dispose](); // unsubscribed meanwhile, or subscribed anew
    return news;
  }

  private censusOf(rows: readonly ProcessRow[], hearsOfEnds: () => boolean): Census {
    const { root, users } = this.parts;
    return new Census(root, this.reader, users, { find: this.find }, rows, hearsOfEnds);
  }

  unsubscribe(): void {
    this.parts.table.unsubscribe(this.onDelta);
    this.cancel();
    this.census?.[Symbol.dispose]();
    this.census = null;
    this.early = null;
    this.failed = false;
  }

  /** A name is no reason to fail. */
  private readonly find: Namer['find'] = async (subject) => {
    try {
      return await this.parts.namer.find(subject);
    } catch (error) {
      this.parts.log(`no name for what ${subject.first.key} runs in: ${String(error)}`);
      return null;
    }
  };

  private begin(census: Census): void {
    this.census = census;
    this.early = null;
    this.continue();
  }

  /** The table tells others after us: they must not miss what we fail at. */
  private readonly onDelta = (delta: TableDelta): void => {
    this.early?.push(delta);
    try {
      this.census?.apply(delta);
    } catch (error) {
      this.complain(error);
    }
    if (this.census?.hasUrgent && !this.failed) this.continue();
  };

  private complain(error: unknown): void {
    this.parts.log(`namespaces cannot be read: ${String(error)}`);
  }

  private continue(): void {
    this.cancel();
    this.timer = setImmediate(() => this.work());
  }

  private cancel(): void {
    clearTimeout(this.timer as NodeJS.Timeout);
    clearImmediate(this.timer as NodeJS.Immediate);
    this.timer = null;
  }

  /** Reads for a slice of time, and comes back: at once while somebody is new, else in time. */
  private work(): void {
    const { census } = this;
    if (!census) return;
    const began = performance.now();
    let roundIsOver = false;
    this.failed = false;
    try {
      while (!roundIsOver && performance.now() - began < sliceMs) roundIsOver = !census.readNext();
      this.tell(census);
    } catch (error) {
      // Out of descriptors, say. Who could not be read stays as he was, and is read in the next round.
      this.failed = true;
      this.complain(error);
    }
    if (census.hasUrgent && !this.failed) this.continue();
    else this.wait(performance.now() - began, roundIsOver);
  }

  private wait(spentMs: number, roundIsOver: boolean): void {
    const now = performance.now();
    const rest = this.failed
      ? shortestRoundMs
      : roundIsOver
        ? this.roundBegan + shortestRoundMs - now
        : 0;
    const delay = Math.max(rest, spentMs * loadFactor);
    if (roundIsOver) this.roundBegan = now + delay;
    this.timer = setTimeout(() => this.work(), delay);
  }

  /** At once when the last link has been read, and when all is done; in between not for each slice. */
  private tell(census: Census): void {
    const now = performance.now();
    const hasReadLinks = this.presuming && !census.hasPresumed;
    this.presuming = census.hasPresumed;
    const waits = census.hasUrgent && !hasReadLinks && now - this.toldAt < tellEveryMs;
    if (!census.hasNews || waits) return;
    this.toldAt = now;
    this.parts.onNews(census.takeNews());
  }
}
