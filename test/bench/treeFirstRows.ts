// How long the Processes view takes to its first row, beside a bench-only view with as many rows that are known beforehand.
// Shown again: the window and both extensions are running. For the first time: each round in a new window, where neither
// extension is active yet, and ours has its native host to start.
import type { Benchmark, Figure, RunOptions } from './runner/benchmark';
import type { BenchExtension } from './runner/benchExtension';
import { BenchWorkbench, leaveFunction } from './runner/benchWorkbench';
import { countRows, type OpenedView, timeToFirstRow } from './runner/firstRow';
import { figureOf, inTurn, ratioOf } from './runner/measure';
import { setStaticRows, staticTitle, staticView } from './runner/staticView';

export const aims = { 'tree.first_rows_vs_static': 1.5 };
export const names = ['tree.first_rows_vs_static', 'tree.cold_first_rows_vs_static'];

const ours: OpenedView = { tab: 'Processes', view: 'Processes' };
const theirs: OpenedView = { tab: staticTitle, view: staticTitle };

/** Says when a new window has done what it does at its start. */
const readiness = (dir: string): BenchExtension => ({
  name: 'readiness',
  activationEvents: ['onStartupFinished'],
  source: `${leaveFunction(dir)}; exports.activate = () => leave('ready.json', true);`,
});

/** Opens a view that was hidden, after all that came before has come to rest. */
async function open({ workbench }: BenchWorkbench, view: OpenedView): Promise<number> {
  await workbench.openView('Explorer');
  await workbench.page.waitForTimeout(1000);
  return timeToFirstRow(workbench.page, view);
}

/** Opens each view in a window in which it was not open before. */
function forTheFirstTime(bench: BenchWorkbench): (view: OpenedView) => Promise<number> {
  const opened = new Set<OpenedView>([ours, theirs]);
  return async (view) => {
    if (opened.has(view)) {
      await bench.reload();
      await bench.take('ready.json');
      opened.clear();
    }
    opened.add(view);
    return open(bench, view);
  };
}

function figures(name: string, pair: { ours: number[]; theirs: number[] }): [string, Figure][] {
  return [
    [`tree.${name}_vs_static`, ratioOf(pair.ours, pair.theirs)],
    [`tree.${name}_ms`, figureOf(pair.ours, 'ms')],
    [`tree.static_${name}_ms`, figureOf(pair.theirs, 'ms')],
  ];
}

async function measureBoth(
  options: RunOptions,
  measure: (view: OpenedView) => Promise<number>,
): Promise<{ ours: number[]; theirs: number[] }> {
  return inTurn(
    options,
    () => measure(ours),
    () => measure(theirs),
  );
}

export const run: Benchmark['run'] = async (options) => {
  await using bench = await BenchWorkbench.start((dir) => [readiness(dir), staticView(dir)]);
  await bench.take('ready.json');
  await open(bench, ours);
  await bench.workbench.page.waitForTimeout(1000); // the rows below the first
  setStaticRows(bench.dir, await countRows(bench.workbench.page, ours));
  const again = await measureBoth(options, (view) => open(bench, view));
  const first = await measureBoth(options, forTheFirstTime(bench));
  return Object.fromEntries([
    ...figures('first_rows', again),
    ...figures('cold_first_rows', first),
  ]);
};
