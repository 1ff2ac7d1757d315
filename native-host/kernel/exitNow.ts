import { checked } from './libc.js';

const exit = checked('_exit', 'int _exit(int status)'); // it does not return

/**
 * _exit(2). `process.exit` waits for all threads, and one may hang in the kernel behind another process' memory lock; that
 * wait ends with the process alone.
 */
export function exitNow(status: number): void {
  exit(status);
}
