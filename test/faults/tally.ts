// What came of the moments.
import { HostClosedError } from '../../extension/host/hostErrors';
import { isKind } from '../../views/errorData';

type Count = 'hung' | 'leftStopped' | 'leftRunning' | 'wrong';

export interface Tally extends Record<Count, number> {
  moments: number;
  /** Of those without memory: in how many the native host ended of it, and in how many it said so and went on. */
  readonly starved: { moments: number; ended: number; refused: number };
  readonly kinds: Record<string, number>;
  readonly notes: string[];
}

export const newTally = (): Tally => ({
  ...{ moments: 0, hung: 0, leftStopped: 0, leftRunning: 0, wrong: 0 },
  ...{ starved: { moments: 0, ended: 0, refused: 0 }, kinds: {}, notes: [] },
});

export function note(tally: Tally, count: Count, text: string): void {
  tally[count]++;
  if (tally.notes.length < 50) tally.notes.push(text);
}

export function countStarved({ starved }: Tally, errors: readonly unknown[]): void {
  starved.moments++;
  if (errors.some((error) => error instanceof HostClosedError)) starved.ended++;
  else if (errors.some((error) => isKind(error, 'Exhausted'))) starved.refused++;
}

/** So many without memory, and nobody missed it: then it was never taken away. */
export const isFed = ({ starved: { moments, ended, refused } }: Tally): boolean =>
  moments >= 20 && ended + refused === 0;
