import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/**
 * process.stdout and stderr write synchronously to pipes, so a client that does not read would stop the loop and with
 * it all targets. A socket of our own on the same descriptor queues instead. Files never block: Node's streams serve.
 */
function asynchronous(fd: 1 | 2): Writable {
  try {
    return new Socket({ fd, readable: false, writable: true });
  } catch {
    return fd === 1 ? process.stdout : process.stderr; // ERR_INVALID_FD_TYPE: no pipe
  }
}

export const output = asynchronous(1);

const logOutput = asynchronous(2);
const logBacklog = 64 * 1024;

/** Lines that nobody takes are dropped rather than collected. */
export function log(message: string): void {
  if (logOutput.writableLength < logBacklog) logOutput.write(`${message}\n`);
}

/** Whoever reads may be gone first: EPIPE is no news, the end of stdin tells. */
for (const stream of [output, logOutput]) stream.on('error', () => undefined);
