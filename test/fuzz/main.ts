// npm run fuzz: started by scripts/fuzz.mjs. Exit code 1: something failed, and the shrunk case says what.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Checked } from './check';
import { checkInThread } from './inThread';
import type { Target } from './target';
import { targets } from './targets';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31 - 1)) },
    only: { type: 'string' },
  },
});

/** Shares of the runs by what one costs, rounded up: in all at least as many as were asked for. */
function shares(chosen: readonly Target[], runs: number): Map<Target, number> {
  const weight = ({ cost = 1 }: Target) => 1 / cost;
  const whole = chosen.reduce((sum, target) => sum + weight(target), 0);
  return new Map(chosen.map((target) => [target, Math.ceil((runs * weight(target)) / whole)]));
}

function print({ name }: Target, { runs, failure }: Checked, ms: number): void {
  const line = [
    name.padEnd(40),
    String(runs).padStart(9),
    `${Math.round(ms / 1000)} s`.padStart(7),
  ];
  console.log(line.join(' '));
  if (failure !== null) console.log(failure);
}

async function main(): Promise<number> {
  const seed = Number(values.seed);
  const chosen = targets.filter(({ name }) => !values.only || name.includes(values.only));
  const results: (Checked & { name: string })[] = [];
  for (const [target, runs] of shares(chosen, Number(values.runs))) {
    const started = performance.now();
    const checked = await checkInThread(target, runs, seed);
    print(target, checked, performance.now() - started);
    results.push({ name: target.name, ...checked });
  }
  const runs = results.reduce((sum, each) => sum + each.runs, 0);
  const failures = results.filter(({ failure }) => failure !== null).length;
  console.log(`${runs} runs, ${failures} failed, seed ${seed}`);
  const report = { 'fuzz.runs': runs, 'fuzz.failures': failures, seed, targets: results };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return failures === 0 && runs > 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
