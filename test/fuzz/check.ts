import fc, { type RunDetails } from 'fast-check';
import type { Target } from './target';

export interface Checked {
  readonly runs: number;
  /** Null when all went well; else what was found, shrunk, and how to find it again. */
  readonly failure: string | null;
}

/** Runs one target. `onRun` is called before each run: whoever watches sees that it goes on. */
export async function check(
  target: Target,
  runs: number,
  seed: number,
  onRun: () => void = () => undefined,
): Promise<Checked> {
  const property = target.property() as fc.IAsyncProperty<unknown>;
  const details: RunDetails<unknown> = await fc.check(watched(property, onRun), {
    numRuns: runs,
    seed,
  });
  const failure = details.failed ? fc.defaultReportMessage(details) : undefined;
  return { runs: details.numRuns, failure: failure ?? null };
}

function watched<T>(property: fc.IAsyncProperty<T>, onRun: () => void): fc.IAsyncProperty<T> {
  const run = property.run.bind(property);
  property.run = (...args) => {
    onRun();
    return run(...args);
  };
  return property;
}
