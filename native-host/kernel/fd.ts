import { checked } from './libc.js';

const close = checked('close', 'int close(int fd)');

/**
 * Owns one file descriptor. `dispose` is idempotent and forgets the number before it closes, so that no descriptor is
 * closed twice; a disposed one throws here and never reaches the kernel with a number that someone else may own by now.
 */
export class Fd implements Disposable {
  #number: number;

  constructor(number: number) {
    this.#number = number;
  }

  /** For kernel/ alone, and only for the length of one call. */
  get number(): number {
    if (this.#number < 0) throw new Error('file descriptor used after it was closed');
    return this.#number;
  }

  get disposed(): boolean {
    return this.#number < 0;
  }

  [Symbol.dispose](): void {
    const number = this.#number;
    if (number < 0) return;
    this.#number = -1;
    close(number);
  }
}
