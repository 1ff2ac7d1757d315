// How figures come about: rounds of one thing, or of two things in turn.
import type { Figure, RunOptions } from './benchmark';
import { median, summarize } from './statistics';

type Unit = Figure['unit'];

/** The figure of what was measured in each round. */
export function figureOf(values: readonly number[], unit: Unit): Figure {
  return { value: median(values), summary: summarize(values), unit };
}

/** One median over the other; the summary is that of the single rounds' ratios. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Figure {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? NaN));
  return { value: median(ours) / median(theirs), summary: summarize(ratios), unit: 'times' };
}

export interface Pair {
  readonly ours: number[];
  readonly theirs: number[];
}

/**
 * Measures two things in each round, so that both meet the same load, and each is first in every other round. A first
 * round that fills the caches is not counted.
 */
export async function inTurn(
  { rounds, progress }: RunOptions,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Pair> {
  const pair: Pair = { ours: [], theirs: [] };
  const sides = [
    { measure: ours, values: pair.ours },
    { measure: theirs, values: pair.theirs },
  ];
  for (let round = 0; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    for (const { measure, values } of round % 2 ? sides : sides.toReversed()) {
      const value = await measure();
      if (round > 0) values.push(value);
    }
  }
  return pair;
}

export async function repeat(
  { rounds, progress }: RunOptions,
  measure: () => Promise<number>,
): Promise<number[]> {
  const values: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    values.push(await measure());
  }
  return values;
}

type Sides<Name extends string> = Readonly<Record<Name, () => Promise<number>>>;

/** As `inTurn` with any number of things. `prepare` is not measured. */
export async function allInTurn<Name extends string>(
  { rounds, progress }: RunOptions,
  sides: Sides<Name>,
  prepare: () => Promise<void>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = 0; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    await prepare();
    const from = round % names.length;
    for (const name of [...names.slice(from), ...names.slice(0, from)]) {
      const value = await sides[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return values;
}
