// 20,000 processes in the Processes view, beside a bench-only view of the same tree that is known beforehand: to its first
// row, and from a filter to the first row that it leaves. The rows are played by a host of the benchmark's own: a machine
// that runs other things does not bear so many processes. Extension, pipe and workbench are the real ones.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Benchmark, Figure } from './runner/benchmark';
import { BenchWorkbench } from './runner/benchWorkbench';
import { type OpenedView, timeToFirstRow } from './runner/firstRow';
import { figureOf, inTurn, type Pair, ratioOf } from './runner/measure';
import { needle, playedRows } from './runner/playedRows';
import { filterKeys, staticTree, staticTreeTitle } from './runner/staticTree';
import { timeToLabel } from './runner/timeToLabel';

export const aims = { 'tree.20k.open_vs_static': 1.5, 'tree.20k.filter_vs_static': 1.5 };
export const names = Object.keys(aims);

const ours: OpenedView = { tab: 'Processes', view: 'Processes' };
const theirs: OpenedView = { tab: staticTreeTitle, view: staticTreeTitle };

/** A program that the extension takes for its runtime. */
function playedRuntime(dir: string): string {
  const file = path.join(dir, 'played');
  const host = path.join(__dirname, 'runner/playedHost.js');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${host}'\n`);
  chmodSync(file, 0o755);
  return file;
}

/** After all that came before has come to rest: figures on rows come again a second after a view was opened. */
const rest = ({ workbench }: BenchWorkbench) => workbench.page.waitForTimeout(2500);

async function open(bench: BenchWorkbench, view: OpenedView): Promise<number> {
  await bench.workbench.openView('Explorer');
  await rest(bench);
  return timeToFirstRow(bench.workbench.page, view);
}

async function filter(bench: BenchWorkbench, view: OpenedView, chord: string): Promise<number> {
  const { page } = bench.workbench;
  await bench.workbench.openView(view.tab);
  await rest(bench);
  const took = await timeToLabel(page, chord, needle, true);
  await timeToLabel(page, filterKeys.none, needle, false);
  return took;
}

function figures(name: string, pair: Pair): [string, Figure][] {
  return [
    [`tree.20k.${name}_vs_static`, ratioOf(pair.ours, pair.theirs)],
    [`tree.20k.${name}_ms`, figureOf(pair.ours, 'ms')],
    [`tree.20k.static_${name}_ms`, figureOf(pair.theirs, 'ms')],
  ];
}

export const run: Benchmark['run'] = async (options) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'pidfd-played-'));
  try {
    const settings = { 'pidfd.nodePath': playedRuntime(dir) };
    await using bench = await BenchWorkbench.start(() => [staticTree(playedRows)], settings);
    for (const view of [ours, theirs]) {
      await bench.workbench.page.getByRole('tab', { name: view.tab }).first().waitFor();
      await open(bench, view);
    }
    const opened = await inTurn(
      options,
      () => open(bench, ours),
      () => open(bench, theirs),
    );
    const filtered = await inTurn(
      options,
      () => filter(bench, ours, filterKeys.ours),
      () => filter(bench, theirs, filterKeys.theirs),
    );
    return Object.fromEntries([...figures('open', opened), ...figures('filter', filtered)]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
