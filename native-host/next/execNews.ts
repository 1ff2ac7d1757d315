import type { EpollLoop } from '../kernel/epollLoop.js';
import { ProcConnector } from '../kernel/procConnector.js';
import type { ProcEvent } from '../kernel/procEvents.js';
import { settleMs, type ExecListener, type ExecSource } from './execSource.js';

/** From the kernel itself: nobody is missed, however short its life. */
export class ExecNews implements ExecSource {
  readonly mode = { kind: 'events' } as const;
  private readonly connector: ProcConnector;
  private readonly forks = new Map<number, NodeJS.Timeout>();

  /** @throws SysError where the connector cannot be had */
  constructor(
    loop: EpollLoop,
    private readonly listener: ExecListener,
    private readonly withForks: boolean,
  ) {
    this.connector = new ProcConnector(loop, (event) => this.onEvent(event));
  }

  [Symbol.dispose](): void {
    this.connector[Symbol.dispose]();
    for (const timer of this.forks.values()) clearTimeout(timer);
  }

  private onEvent(event: ProcEvent): void {
    if (event.kind === 'exec') {
      this.forget(event.pid);
      this.listener.exec(event.pid);
    }
    if (event.kind === 'fork' && this.withForks) this.await(event.childPid);
    if (event.kind === 'exit' && event.thread === event.pid) this.forget(event.pid);
    if (event.kind === 'lost') this.listener.lost();
  }

  private await(pid: number): void {
    this.forget(pid);
    const settled = () => {
      this.forks.delete(pid);
      this.listener.forked(pid);
    };
    this.forks.set(pid, setTimeout(settled, settleMs));
  }

  private forget(pid: number): void {
    clearTimeout(this.forks.get(pid));
    this.forks.delete(pid);
  }
}
