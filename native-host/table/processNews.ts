import type { EpollLoop } from '../kernel/epollLoop.js';
import { announceOurselves } from '../kernel/ownName.js';
import { ProcConnector } from '../kernel/procConnector.js';
import type { ProcEvent } from '../kernel/procEvents.js';

/** What was told about a number since it was taken last. */
export interface Told {
  /** Who forked the process that has the number now; null: it had it before. */
  origin: number | null;
  executed: boolean;
  /** Its first thread, and with it mostly the process. */
  exited: boolean;
  /** A debugger came or went. */
  traced: boolean;
}

export interface News {
  /** Each is to be read anew: news says where to look, never what to show. */
  readonly numbers: ReadonlyMap<number, Told>;
  /** Processes of which another thread than the first has ended. */
  readonly thinned: ReadonlySet<number>;
  /** Some were dropped: everything is to be read anew. */
  readonly lost: boolean;
  /** How many the kernel has sent, of interest or not: of threads that begin, of sessions. */
  readonly messages: number;
}

/** The kernel's news (proc connector), collected by number until they are taken. */
export class ProcessNews implements Disposable {
  private readonly connector: ProcConnector;
  private numbers = new Map<number, Told>();
  private thinned = new Set<number>();
  private lost = false;
  private messagesTaken = 0;
  private acknowledged = false;

  /** Called when something came, not while paused. */
  onNews: () => void = () => undefined;

  /** @throws SysError where the connector cannot be had */
  constructor(loop: EpollLoop) {
    const collect = (event: ProcEvent): void => this.collect(event);
    this.connector = new ProcConnector(loop, collect, () => this.onNews());
  }

  /** All up to now. */
  take(): News {
    this.connector.drain();
    const { numbers, thinned, lost } = this;
    const messages = this.connector.messages - this.messagesTaken;
    this.numbers = new Map();
    this.thinned = new Set();
    this.lost = false;
    this.messagesTaken += messages;
    return { numbers, thinned, lost, messages };
  }

  /** Something was collected that was not taken yet. */
  get waits(): boolean {
    return this.lost || this.numbers.size + this.thinned.size > 0;
  }

  /** What was taken could not be used. */
  distrust(): void {
    this.lost = true;
  }

  /** Whether we are told: the kernel has said so, and announces a change of our own under our number, in the same call. */
  isAlive(): boolean {
    this.connector.drain();
    const before = this.numbers.get(process.pid);
    this.numbers.delete(process.pid);
    announceOurselves();
    this.connector.drain();
    const heard = this.numbers.has(process.pid) || this.lost;
    if (before) this.numbers.set(process.pid, before);
    else this.numbers.delete(process.pid);
    return heard && this.acknowledged;
  }

  /** They wait until they are taken. */
  pause(): void {
    this.connector.pause();
  }

  resume(): void {
    this.connector.resume();
  }

  [Symbol.dispose](): void {
    this.connector[Symbol.dispose]();
  }

  private collect(event: ProcEvent): void {
    switch (event.kind) {
      case 'fork':
        this.born(event.childPid, event.parentPid);
        break;
      case 'exec':
        this.about(event.pid).executed = true;
        break;
      case 'altered':
        this.about(event.pid);
        break;
      case 'traced':
        this.about(event.pid).traced = true;
        break;
      case 'exit':
        if (event.thread === event.pid) this.about(event.pid).exited = true;
        else this.thinned.add(event.pid);
        break;
      case 'lost':
        this.lost = true;
        break;
      case 'acknowledged':
        this.acknowledged = true;
    }
  }

  /** That the number's last owner exited is still to be followed: it may have left children. */
  private born(pid: number, origin: number): void {
    const exited = this.numbers.get(pid)?.exited ?? false;
    this.numbers.set(pid, { ...nothing, origin, exited });
  }

  private about(pid: number): Told {
    const told = this.numbers.get(pid) ?? { ...nothing };
    this.numbers.set(pid, told);
    return told;
  }
}

const nothing: Told = { origin: null, executed: false, exited: false, traced: false };
