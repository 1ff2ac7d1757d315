/**
 * Reads that can wait for another process: cmdline and environ take the target's mmap lock, an executable may lie on a
 * mount that never answers. They run on libuv's pool with a deadline, few at a time, so that a stuck one costs its own
 * row only. A read past its deadline keeps its place and its descriptor until it comes back, if ever.
 */
import type { Fd } from '../kernel/fd.js';
import { openOffLoop, readOffLoop, trySeek } from '../kernel/files.js';

/** libuv has four threads by default, and the epoll wait sits on one of them for good. */
const places = 2;

/**
 * A read that brings less is the last of what fills all that it is given, as files, cmdline and environ do
 * (get_mm_cmdline and environ_read in fs/proc/base.c): each one spared is a turn of the pool. No page is smaller.
 */
const filling = 4096;
/** Of what gives whole lines, as much as fit on its own page at a time (seq_read_iter in fs/seq_file.c). */
const inLines = 1;

/** Called once, when the work came back. False: nobody waits for it any more. */
type Done<T> = (value: T | null) => boolean;

interface Waiting {
  /** Starts the work on the pool; `over` is called once, when it came back, and says whether it was in time. */
  readonly start: (over: () => boolean) => void;
  readonly giveUp: () => void;
  /** It could not be started. */
  readonly fail: (error: unknown) => void;
}

export class SlowReads {
  private readonly queue: Waiting[] = [];
  private running = 0;
  private stuck = 0;
  private isStarting = false;

  constructor(private readonly deadlineMs = 250) {}

  /** Some read has not come back since its deadline. */
  get isStuck(): boolean {
    return this.stuck > 0;
  }

  /**
   * Opens only when it is its turn, so that many waiting reads cost no descriptors.
   * The bytes up to `limit`; null when they did not come in time or could not be read.
   * Rejects with what `open` throws: out of descriptors, say.
   */
  read(open: () => Fd | null, limit: number): Promise<Buffer | null> {
    return this.readOpened(open, limit, filling);
  }

  /** The same of a file that the kernel writes line by line, such as maps. */
  readLines(open: () => Fd | null, limit: number): Promise<Buffer | null> {
    return this.readOpened(open, limit, inLines);
  }

  /** A part of a file by path, its head if nothing else is said, opened off the loop too: open(2) can hang as read(2) can. */
  readPath(path: string, limit: number, offset = 0): Promise<Buffer | null> {
    return this.enqueue((done) =>
      openOffLoop(path, (file) => {
        if (typeof file === 'string') done(null);
        else if (offset > 0 && !trySeek(file, offset)) closeAfter(file, done)(null);
        else readAll(file, limit, filling, closeAfter(file, done));
      }),
    );
  }

  /** Opens any path for the caller, who closes it. The errno's name where it cannot be; null: not in time. */
  open(path: string): Promise<Fd | string | null> {
    return this.enqueue<Fd | string>((done) =>
      openOffLoop(
        path,
        (file) => {
          if (!done(file) && typeof file !== 'string') file[Symbol.dispose]();
        },
        'nonBlocking',
      ),
    );
  }

  private readOpened(open: () => Fd | null, limit: number, least: number): Promise<Buffer | null> {
    return this.enqueue((done) => {
      const file = open();
      if (file) readAll(file, limit, least, closeAfter(file, done));
      else done(null);
    });
  }

  private enqueue<T>(start: (done: Done<T>) => void): Promise<T | null> {
    return new Promise((resolve, reject) => {
      this.queue.push({
        giveUp: () => resolve(null),
        fail: reject,
        start: (over) =>
          start((value) => {
            const inTime = over();
            resolve(value); // after a late answer this settles nothing
            return inTime;
          }),
      });
      this.next();
    });
  }

  private next(): void {
    if (this.isStarting) return; // one that was over at once: its place is given below, not deeper in the stack
    this.isStarting = true;
    while (this.running < places && this.queue.length > 0) {
      const waiting = this.queue.shift();
      if (waiting) this.run(waiting);
    }
    this.isStarting = false;
    // With every place stuck nothing would ever move: answer the rest "not known" instead of making them wait.
    if (this.stuck === places) for (const { giveUp } of this.queue.splice(0)) giveUp();
  }

  private run(waiting: Waiting): void {
    this.running++;
    let late = false;
    const giveUp = (): void => {
      late = true;
      this.stuck++;
      waiting.giveUp();
      this.next();
    };
    const cancel = afterAnswers(this.deadlineMs, giveUp);
    const leave = (): void => {
      cancel();
      this.running--;
    };
    const over = (): boolean => {
      leave();
      if (late) this.stuck--;
      this.next();
      return !late;
    };
    try {
      waiting.start(over);
    } catch (error) {
      leave(); // it fails whoever asked for it, and never whoever came to its end before it
      waiting.fail(error);
    }
  }
}

/**
 * Node runs timers before it takes answers: while we were busy ourselves, both may be there, and the answer was in time.
 * Immediates come after answers.
 */
function afterAnswers(ms: number, action: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (immediate = setImmediate(action)), ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

type Finish = (bytes: Buffer | null) => void;

function closeAfter(file: Fd, done: Done<Buffer>): Finish {
  return (bytes) => {
    file[Symbol.dispose]();
    done(bytes);
  };
}

/** Until the limit, or the first read that brings less than `least`. */
function readAll(file: Fd, limit: number, least: number, done: Finish): void {
  const buffer = Buffer.allocUnsafe(limit);
  const more = (length: number): void => {
    readOffLoop(file, buffer.subarray(length), (bytes) => {
      if (bytes === null) return done(null);
      const total = length + bytes;
      if (bytes < least || total === limit) return done(buffer.subarray(0, total));
      more(total);
    });
  };
  more(0);
}
