// Medians and quartiles: one slow round, such as another program's, must not decide.

export interface Summary {
  readonly rounds: number;
  /** First quartile, median, third quartile. */
  readonly quartiles: readonly [number, number, number];
}

/** Between two measured values it is interpolated. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const [first, middle, third] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  return { rounds: values.length, quartiles: [first ?? NaN, middle ?? NaN, third ?? NaN] };
}

export const median = (values: readonly number[]): number => summarize(values).quartiles[1];
