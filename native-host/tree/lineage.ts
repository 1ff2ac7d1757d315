/**
 * Who descends from whom, by the kernel's own news (proc connector): also what a parent's `children` cannot show, such
 * as double forks that went to init and CLONE_PARENT. Every birth is announced, so a number that was a descendant's and
 * has not been announced as another's birth since means that descendant or nobody: open it, take in the news, look again.
 */
import type { EpollLoop } from '../kernel/epollLoop.js';
import { ProcConnector } from '../kernel/procConnector.js';
import type { ProcEvent } from '../kernel/procEvents.js';
import { SysError } from '../kernel/sysError.js';
import { byParent } from './byParent.js';

/** A ProcConnector, or what a test plays. */
export type News = Pick<ProcConnector, 'drain' | typeof Symbol.dispose>;

export class Lineage implements Disposable {
  private readonly connector: News;
  /** Numbers of the tree's processes, dead ones included until somebody else gets the number; each birth is counted. */
  private readonly numbers = new Map<number, number>();
  private births = 0;
  private announced = 0;
  /** News from before `begin`, which decides what it means. */
  private early: ProcEvent[] | null = [];
  private lostSome = false;
  private isTorn = false;
  private siblings: Siblings | null = null;

  /** @throws SysError where the connector cannot be had */
  constructor(connect: (onEvent: (event: ProcEvent) => void) => News) {
    this.connector = connect((event) => this.onEvent(event));
  }

  /** null: who leaves the tree is not seen, which has to be said. */
  static tryOpen(loop: EpollLoop): Lineage | null {
    try {
      return new Lineage((onEvent) => new ProcConnector(loop, onEvent));
    } catch (error) {
      if (error instanceof SysError) return null;
      throw error;
    }
  }

  /** The kernel dropped news: descendants may be missing from here on. */
  get incomplete(): boolean {
    return this.lostSome;
  }

  /** Somebody may have come from the tree who cannot be told from a stranger. */
  get mayHaveMissed(): boolean {
    return this.lostSome || this.isTorn || (this.siblings?.cameUnseen ?? false);
  }

  /**
   * `parents` (by number) were read after we began to listen. So whose birth the news tells was not there, or was
   * somebody else, when its number was read: the news alone decides about it, and about whoever named it as parent.
   * With `hasExited` of the root its siblings are counted, too.
   */
  begin(root: number, parents: ReadonlyMap<number, number>, hasExited?: () => boolean): void {
    this.connector.drain();
    const news = this.early ?? [];
    this.early = null;
    const born = new Set(news.flatMap((event) => (event.kind === 'fork' ? event.childPid : [])));
    const settled = new Map([...parents].filter(([pid]) => !born.has(pid)));
    // Its parent's number went from hand to hand meanwhile: which of the two owners it named cannot be told.
    this.isTorn = [...settled.values()].some((parent) => born.has(parent));
    for (const pid of descendantsOf(root, settled)) this.follow(pid);
    this.follow(root); // held, and the caller asks after whether it was reaped
    if (hasExited) this.siblings = new Siblings(root, parents.get(root) ?? 0, hasExited);
    for (const event of news) this.onEvent(event);
  }

  /** The root is still, or acts again. */
  rootActs(acts: boolean): void {
    this.connector.drain();
    this.siblings?.rootActs(acts);
  }

  /** How many the kernel has announced. */
  get news(): number {
    return this.announced;
  }

  /** The same, with all that it has announced up to now. */
  takeNews(): number {
    this.connector.drain();
    return this.announced;
  }

  /** From here on what `pid` creates belongs to the tree. The caller holds it. */
  follow(pid: number): void {
    this.numbers.set(pid, this.births++);
  }

  /** Numbers with their births. All news up to now is in the answer. */
  descendants(): readonly (readonly [pid: number, birth: number])[] {
    this.connector.drain();
    return [...this.numbers];
  }

  /** Ask after opening: true means that what was opened is the descendant. */
  stillMeans(pid: number): boolean {
    this.connector.drain();
    return this.numbers.has(pid) && !this.lostSome;
  }

  /** That number had no process any more. What it had forked was announced before, so the news is taken in first. */
  forget(pid: number, birth: number): void {
    this.connector.drain();
    if (this.numbers.get(pid) === birth) this.numbers.delete(pid);
  }

  [Symbol.dispose](): void {
    this.connector[Symbol.dispose]();
  }

  private onEvent(event: ProcEvent): void {
    if (this.early) {
      this.early.push(event);
      return;
    }
    if (event.kind === 'lost') this.lostSome = true;
    this.siblings?.onEvent(event);
    if (event.kind !== 'fork') return;
    this.numbers.delete(event.childPid); // whoever had the number before is gone
    if (!this.numbers.has(event.parentPid)) return;
    this.announced++;
    this.follow(event.childPid);
  }
}

/**
 * What the root makes with CLONE_PARENT is a child of the root's own parent, and announced as that: nobody can tell it
 * from what that one makes itself. So whatever comes there while the root may act is said to be a possible escape.
 */
class Siblings {
  cameUnseen = false;
  private count = true;
  private isOver = false;

  constructor(
    private readonly root: number,
    private readonly parent: number,
    private readonly hasExited: () => boolean,
  ) {}

  rootActs(acts: boolean): void {
    this.count = acts && !this.isOver;
  }

  onEvent(event: ProcEvent): void {
    if (!this.count) return;
    if (event.kind === 'fork' && event.parentPid === this.parent) this.cameUnseen = true;
    if (event.kind !== 'exit' || event.thread !== event.pid) return;
    if (event.pid === this.parent) this.cameUnseen = true; // who is its parent from here on is not known
    // Its parent may learn of it a moment earlier, and begin the next one: told in vain then.
    if (event.pid === this.root && this.hasExited()) this.end();
  }

  private end(): void {
    this.isOver = true;
    this.count = false;
  }
}

function descendantsOf(root: number, parents: ReadonlyMap<number, number>): Set<number> {
  const children = byParent(parents);
  const found = new Set([root]);
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return found;
}
