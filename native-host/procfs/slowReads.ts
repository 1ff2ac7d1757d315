/**
 * Reads that can wait for another process: cmdline and environ take the target's mmap lock, an executable may lie on a
 * mount that never answers. They run on libuv's pool with a deadline, few at a time, so that a stuck one costs its own
 * row only. A read past its deadline keeps its place and its descriptor until it comes back, if ever.
 */
import type { Fd } from '../kernel/fd.js';
import { openOffLoop, readOffLoop } from '../kernel/files.js';

/** libuv has four threads by default, and the epoll wait sits on one of them for good. */
const places = 2;

type Done = (bytes: Buffer | null) => void;

interface Waiting {
  /** Starts the work on the pool; calls back once. */
  readonly start: (done: Done) => void;
  readonly done: Done;
}

export class SlowReads {
  private readonly queue: Waiting[] = [];
  private running = 0;
  private stuck = 0;

  constructor(private readonly deadlineMs = 250) {}

  /** Some read has not come back since its deadline. */
  get isStuck(): boolean {
    return this.stuck > 0;
  }

  /**
   * Opens only when it is its turn, so that many waiting reads cost no descriptors.
   * The bytes up to `limit`; null when they did not come in time or could not be read.
   */
  read(open: () => Fd | null, limit: number): Promise<Buffer | null> {
    return this.enqueue((done) => {
      const file = open();
      if (file) readAndClose(file, limit, done);
      else done(null);
    });
  }

  /** The head of a file by path, opened off the loop too: open(2) can hang as well as read(2). */
  readPath(path: string, limit: number): Promise<Buffer | null> {
    return this.enqueue((done) =>
      openOffLoop(path, (file) => {
        if (file) readAndClose(file, limit, done);
        else done(null);
      }),
    );
  }

  private enqueue(start: Waiting['start']): Promise<Buffer | null> {
    return new Promise((done) => {
      this.queue.push({ start, done });
      this.next();
    });
  }

  private next(): void {
    while (this.running < places && this.queue.length > 0) {
      const waiting = this.queue.shift();
      if (waiting) this.run(waiting);
    }
    // With every place stuck nothing would ever move: answer the rest "not known" instead of making them wait.
    if (this.stuck === places) for (const { done } of this.queue.splice(0)) done(null);
  }

  private run(waiting: Waiting): void {
    this.running++;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.stuck++;
      waiting.done(null);
      this.next();
    }, this.deadlineMs);
    waiting.start((bytes) => {
      clearTimeout(timer);
      this.running--;
      if (late) this.stuck--;
      waiting.done(bytes); // after a late answer this settles nothing
      this.next();
    });
  }
}

function readAndClose(file: Fd, limit: number, done: Done): void {
  readAll(file, limit, (bytes) => {
    file[Symbol.dispose]();
    done(bytes);
  });
}

/** procfs gives a page at a time: read on until the end or the limit. */
function readAll(file: Fd, limit: number, done: (bytes: Buffer | null) => void): void {
  const buffer = Buffer.allocUnsafe(limit);
  const more = (length: number): void => {
    readOffLoop(file, buffer.subarray(length), (bytes) => {
      if (bytes === null) return done(null);
      const total = length + bytes;
      if (bytes === 0 || total === limit) return done(buffer.subarray(0, total));
      more(total);
    });
  };
  more(0);
}
