import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The kernel takes at most 128 KiB for one (MAX_ARG_STRLEN), and a quarter of the stack's limit for all. */
const longest = 'x'.repeat(120 * 1024);
const count = 15;

/** A process with nearly two megabytes of arguments, which ends with its standard input. */
export async function wordy(...first: string[]): Promise<{ pid: number } & Disposable> {
  const words = [...first, ...Array.from({ length: count }, () => longest)];
  const child = spawn('/bin/sh', ['-c', 'read end', 'sh', ...words], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn'); // it runs the program by then
  return { pid: child.pid ?? 0, [Symbol.dispose]: () => child.stdin.end() };
}
