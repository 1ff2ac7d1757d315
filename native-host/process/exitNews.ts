/**
 * Exit statuses from the proc connector, for kernels that keep none for strangers (below 6.15). Runs only while some
 * process is watched: it wakes us for every process of the machine.
 */
import type { EpollLoop } from '../kernel/epollLoop.js';
import { ProcConnector } from '../kernel/procConnector.js';
import type { ProcEvent } from '../kernel/procEvents.js';
import { decodeWaitStatus, type Ending } from './exitStatus.js';

interface Exit {
  readonly code: number;
  /** No other thread was seen to end later with another code. */
  believed: boolean;
}

export class ExitNews {
  private connector: ProcConnector | null = null;
  /** By number, which is the process' own as long as it is held and not reaped. */
  private readonly exits = new Map<number, Exit | null>();

  constructor(private readonly loop: EpollLoop) {}

  watch(pid: number): void {
    this.connector ??= new ProcConnector(this.loop, (event) => this.onEvent(event));
    this.exits.set(pid, null);
  }

  /** Once all threads are dead: news of each was queued before. null: not known for sure. */
  ending(pid: number): Ending | null {
    this.connector?.drain();
    const exit = this.exits.get(pid);
    if (!exit?.believed) return null;
    return { status: decodeWaitStatus(exit.code, null), source: 'connector' };
  }

  unwatch(pid: number): void {
    this.exits.delete(pid);
    if (this.exits.size > 0) return;
    this.connector?.[Symbol.dispose]();
    this.connector = null;
  }

  private onEvent(event: ProcEvent): void {
    if (event.kind === 'lost')
      for (const exit of this.exits.values()) if (exit) exit.believed = false;
    if (event.kind !== 'exit' || !this.exits.has(event.pid)) return;
    const { pid, thread, exitCode } = event;
    const first = this.exits.get(pid);
    if (thread === pid) this.exits.set(pid, { code: exitCode, believed: true });
    // A first thread that left early reports its own 0; what ends the process is told by the others.
    else if (first && first.code !== exitCode) first.believed = false;
  }
}
