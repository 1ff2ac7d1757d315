import { setImmediate as turn } from 'node:timers/promises';
import { handled } from './handled.js';

/**
 * Starts the work on one slice after the other, `most` at once. Others are let in between. When one fails all that were
 * started come to their end before it is thrown.
 */
export async function pipeline<T>(
  items: readonly T[],
  { slice, most }: { readonly slice: number; readonly most: number },
  work: (items: readonly T[]) => Promise<void>,
): Promise<void> {
  const started: Promise<void>[] = [];
  try {
    for (let at = 0; at < items.length; at += slice) {
      started.push(handled(work(items.slice(at, at + slice))));
      await (started.length >= most ? started[started.length - most] : turn());
    }
    await Promise.all(started);
  } finally {
    await Promise.allSettled(started);
  }
}
