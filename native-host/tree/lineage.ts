/**
 * Who descends from whom, by the kernel's own news (proc connector): also what a parent's `children` cannot show, such
 * as double forks that went to init and CLONE_PARENT. Every birth is announced, so a number that was a descendant's and
 * has not been announced as another's birth since means that descendant or nobody: open it, take in the news, look again.
 */
import type { EpollLoop } from '../kernel/epollLoop.js';
import { ProcConnector, type ProcEvent } from '../kernel/procConnector.js';

export class Lineage implements Disposable {
  private readonly connector: ProcConnector;
  /** Numbers of the tree's processes, dead ones included until somebody else gets the number. */
  private readonly numbers = new Set<number>();
  private lostSome = false;

  /** @throws SysError where the connector cannot be had */
  constructor(loop: EpollLoop) {
    this.connector = new ProcConnector(loop, (event) => this.onEvent(event));
  }

  /** The kernel dropped news: descendants may be missing from here on. */
  get incomplete(): boolean {
    return this.lostSome;
  }

  /** From here on what `pid` creates belongs to the tree. The caller holds it. */
  follow(pid: number): void {
    this.numbers.add(pid);
  }

  /** All news up to now is in the answer. */
  descendants(): readonly number[] {
    this.connector.drain();
    return [...this.numbers];
  }

  /** Ask after opening: true means that what was opened is the descendant. */
  stillMeans(pid: number): boolean {
    this.connector.drain();
    return this.numbers.has(pid) && !this.lostSome;
  }

  /** That number has no process any more: news will tell if it gets one again. */
  forget(pid: number): void {
    this.numbers.delete(pid);
  }

  [Symbol.dispose](): void {
    this.connector[Symbol.dispose]();
  }

  private onEvent(event: ProcEvent): void {
    if (event.kind === 'lost') this.lostSome = true;
    if (event.kind !== 'fork') return;
    this.numbers.delete(event.childPid); // whoever had the number before is gone
    if (this.numbers.has(event.parentPid)) this.numbers.add(event.childPid);
  }
}
