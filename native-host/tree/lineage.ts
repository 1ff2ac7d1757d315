/**
 * Who descends from whom, by the kernel's own news (proc connector): also what a parent's `children` cannot show, such
 * as double forks that went to init and CLONE_PARENT. Every birth is announced, so a number that was a descendant's and
 * has not been announced as another's birth since means that descendant or nobody: open it, take in the news, look again.
 */
import type { EpollLoop } from '../kernel/epollLoop.js';
import { ProcConnector } from '../kernel/procConnector.js';
import type { ProcEvent } from '../kernel/procEvents.js';
import { byParent } from './byParent.js';

export class Lineage implements Disposable {
  private readonly connector: ProcConnector;
  /** Numbers of the tree's processes, dead ones included until somebody else gets the number; each birth is counted. */
  private readonly numbers = new Map<number, number>();
  private births = 0;
  private announced = 0;
  /** News from before `begin`, which decides what it means. */
  private early: ProcEvent[] | null = [];
  private lostSome = false;

  /** @throws SysError where the connector cannot be had */
  constructor(loop: EpollLoop) {
    this.connector = new ProcConnector(loop, (event) => this.onEvent(event));
  }

  /** The kernel dropped news: descendants may be missing from here on. */
  get incomplete(): boolean {
    return this.lostSome;
  }

  /**
   * `parents` (by number) were read after we began to listen. So whose birth the news tells was not there, or was
   * somebody else, when its number was read: the news alone decides about it.
   */
  begin(root: number, parents: ReadonlyMap<number, number>): void {
    this.connector.drain();
    const news = this.early ?? [];
    this.early = null;
    for (const pid of descendantsOf(root, parents)) this.follow(pid);
    for (const event of news) if (event.kind === 'fork') this.numbers.delete(event.childPid);
    this.follow(root); // held, and the caller asks after whether it was reaped
    for (const event of news) this.onEvent(event);
  }

  /** How many the kernel has announced. */
  get news(): number {
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
    if (event.kind !== 'fork') return;
    this.numbers.delete(event.childPid); // whoever had the number before is gone
    if (!this.numbers.has(event.parentPid)) return;
    this.announced++;
    this.follow(event.childPid);
  }
}

function descendantsOf(root: number, parents: ReadonlyMap<number, number>): Set<number> {
  const children = byParent(parents);
  const found = new Set([root]);
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return found;
}
