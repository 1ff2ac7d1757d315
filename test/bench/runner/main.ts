// Runs the benchmarks: each .js file in the folder above is one. Started by scripts/bench.mjs.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark';
import { type Figures, toJson, toTable } from './report';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '15' },
  },
});

async function loadAll(): Promise<Benchmark[]> {
  const folder = path.join(__dirname, '..');
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const modules = files.map((file) => import(path.join(folder, file)));
  return (await Promise.all(modules)) as Benchmark[];
}

function choose(all: readonly Benchmark[], only = all.flatMap(({ names }) => names)) {
  const known = all.flatMap(({ names }) => names);
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No such metric: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  return all.filter(({ names }) => names.some((name) => only.includes(name)));
}

async function run(benchmark: Benchmark): Promise<Figures> {
  const title = benchmark.names.join(', ');
  const started = performance.now();
  const figures = await benchmark.run({
    rounds: Number(options.rounds),
    progress: (text) => console.error(`${title}: ${text}`),
  });
  console.error(`${title}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return figures;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, text);
}

async function main(): Promise<void> {
  const chosen = choose(await loadAll(), options.only);
  const figures: Record<string, Figures[string]> = {};
  for (const benchmark of chosen) Object.assign(figures, await run(benchmark));
  const aims = Object.assign({}, ...chosen.map((each) => each.aims)) as Record<string, number>;
  console.log(toTable(figures, aims));
  const names = chosen.flatMap((each) => each.names);
  if (options.json) write(options.json, toJson(figures, names, aims));
}

main().then(
  () => process.exit(0), // whatever a benchmark forgot to close
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
