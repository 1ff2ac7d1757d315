/** clock_gettime(2). */
import { CLOCK_THREAD_CPUTIME_ID } from './constants.js';
import { checked } from './libc.js';

const clockGettime = checked('clock_gettime', 'int clock_gettime(int clock, void *time)');
const time = Buffer.alloc(16); // struct timespec: s64 seconds, s64 nanoseconds

/** Milliseconds that this thread has run: not the pool's, and not those that compile and collect beside it. */
export function threadTime(): number {
  clockGettime(CLOCK_THREAD_CPUTIME_ID, time);
  return Number(time.readBigInt64LE(0)) * 1000 + Number(time.readBigInt64LE(8)) / 1e6;
}
