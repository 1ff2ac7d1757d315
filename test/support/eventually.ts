import { setTimeout as delay } from 'node:timers/promises';
import { patience } from './patience';

/**
 * Looks again every few milliseconds until `check` gives something other than undefined or false. For states of other
 * processes that no event announces to us; where there is an event, wait for that.
 */
export async function eventually<T>(
  what: string,
  check: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 3000,
): Promise<T> {
  const limitMs = timeoutMs * patience;
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = await check();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}`);
    await delay(2);
  }
}
