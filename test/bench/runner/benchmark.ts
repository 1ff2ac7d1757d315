// What each file in test/bench is: one benchmark with its figures and their aims.
import type { Summary } from './statistics';

/** A figure is good when it is at most its aim; a rate, and a number of runs that went well, when at least that. */
export interface Figure {
  readonly value: number;
  /** Of what was measured in each round. */
  readonly summary: Summary;
  readonly unit: 'ms' | 'MB' | 'bytes' | 'count' | 'times' | 'per s' | 'runs';
}

export interface RunOptions {
  readonly rounds: number;
  /** Tells a person how far it is. */
  readonly progress: (text: string) => void;
}

export interface Benchmark {
  /** Its metrics; `--only` chooses by them. */
  readonly names: readonly string[];
  /** Not every metric has one. */
  readonly aims: Readonly<Record<string, number>>;
  /** Gives all of `names`, and further figures that explain them. */
  run(options: RunOptions): Promise<Readonly<Record<string, Figure>>>;
}
