/**
 * One epoll descriptor, one blocking epoll_wait on libuv's pool, one eventfd to wake it for shutdown: `process.exit`
 * waits for the pool and would hang behind a wait that nothing ends. epoll_ctl takes effect while the wait is in flight.
 */
import { writeSync } from 'node:fs';
import {
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLL_CTL_DEL,
  EPOLL_CTL_MOD,
  EPOLLIN,
} from './constants.js';
import { Fd } from './fd.js';
import { asynchronous, checked } from './libc.js';

const epollCreate = checked('epoll_create1', 'int epoll_create1(int flags)');
const epollCtl = checked(
  'epoll_ctl',
  'int epoll_ctl(int epoll, int operation, int fd, void *event)',
);
const epollWait = asynchronous('int epoll_wait(int epoll, void *events, int count, int timeout)');
const eventfd = checked('eventfd', 'int eventfd(unsigned int initial, int flags)');

/** struct epoll_event is packed on x86-64 alone (sys/epoll.h): u32 events, then u64 data. */
const layout = process.arch === 'x64' ? { size: 12, data: 4 } : { size: 16, data: 8 };
const batch = 256;
const afterFaultMs = 10;

export type Watcher = (events: number) => void;

/** Handle of one watched descriptor. Dispose it before the descriptor is closed. */
export interface Watch extends Disposable {
  /** Level triggering spins on a zombie: after EPOLLIN ask for nothing, and EPOLLHUP alone still arrives. */
  rearm(events: number): void;
}

export class EpollLoop {
  private readonly epoll = new Fd(epollCreate(EPOLL_CLOEXEC));
  private readonly wake = new Fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  /** A field, never a temporary: koffi does not pin the buffers of asynchronous calls. */
  private readonly events = Buffer.alloc(batch * layout.size);
  private readonly watchers = new Map<number, Watcher>();
  /** epoll_event.data carries this, never the descriptor, which may be another's by the time an event is read. */
  private nextToken = 1;
  private waiting = false;
  private stopped: (() => void) | null = null;

  /** `onFault` is told what a watcher threw: that is of its own descriptor, and the others are served nevertheless. */
  constructor(private readonly onFault: (error: unknown) => void) {
    this.control(EPOLL_CTL_ADD, this.wake, EPOLLIN, 0);
  }

  watch(fd: Fd, events: number, watcher: Watcher): Watch {
    const token = this.nextToken++;
    this.control(EPOLL_CTL_ADD, fd, events, token);
    this.watchers.set(token, watcher);
    this.wait();
    return {
      rearm: (next) => this.control(EPOLL_CTL_MOD, fd, next, token),
      [Symbol.dispose]: () => {
        if (this.watchers.delete(token)) this.control(EPOLL_CTL_DEL, fd, 0, token);
      },
    };
  }

  /** Resolves when no wait is in flight any more; only then may the process exit. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.stopped = resolve;
      if (!this.waiting) return resolve();
      const one = Buffer.alloc(8);
      one.writeBigUInt64LE(1n);
      writeSync(this.wake.number, one);
    });
    this.watchers.clear();
    this.epoll[Symbol.dispose]();
    this.wake[Symbol.dispose]();
  }

  private control(operation: number, fd: Fd, events: number, token: number): void {
    const event = Buffer.alloc(layout.size);
    event.writeUInt32LE(events, 0);
    event.writeBigUInt64LE(BigInt(token), layout.data);
    epollCtl(this.epoll.number, operation, fd.number, event);
  }

  private wait(): void {
    if (this.waiting || this.stopped) return;
    this.waiting = true;
    epollWait([this.epoll.number, this.events, batch, -1], (count) => {
      this.waiting = false;
      if (this.stopped) return this.stopped();
      // -1 is EINTR: nothing to dispatch, wait again
      if (this.dispatch(count)) this.wait();
      else setTimeout(() => this.wait(), afterFaultMs); // what nobody took is told again at once
    });
  }

  /** False: some watcher failed. */
  private dispatch(count: number): boolean {
    let isDone = true;
    for (let at = 0; at < count * layout.size; at += layout.size) {
      const token = Number(this.events.readBigUInt64LE(at + layout.data));
      if (!this.call(token, this.events.readUInt32LE(at))) isDone = false;
    }
    return isDone;
  }

  private call(token: number, events: number): boolean {
    try {
      this.watchers.get(token)?.(events);
      return true;
    } catch (error) {
      this.onFault(error);
      return false;
    }
  }
}
