// How long the extension's own activate() holds up VS Code's extension host, in a new one each round.
import type { Benchmark } from './runner/benchmark';
import { type BenchExtension } from './runner/benchExtension';
import { BenchWorkbench, leaveFunction } from './runner/benchWorkbench';
import { figureOf } from './runner/measure';

export const aims = { 'activate.ms': 20 };
export const names = Object.keys(aims);

interface Activation {
  readonly load: number;
  readonly activate: number;
}

/**
 * Loads the bundle before VS Code does and puts a stopwatch around its activate(). VS Code's own figure is of whole
 * milliseconds and shown only in an editor.
 */
const probe = (dir: string): BenchExtension => ({
  name: 'activation-probe',
  activationEvents: ['onStartupFinished'],
  source: `
    const vscode = require('vscode');
    const path = require('node:path');
    ${leaveFunction(dir)}
    function timed(run) {
      const begin = performance.now();
      const result = run();
      return { result, ms: performance.now() - begin };
    }
    exports.activate = async () => {
      const ours = vscode.extensions.getExtension('pidfd-explorer.pidfd-explorer');
      if (ours.isActive) throw new Error('it is active already');
      const file = path.join(ours.extensionPath, 'dist/extension.js');
      const load = timed(() => require(file));
      let activate;
      const stopwatch = (context) => {
        activate = timed(() => load.result.activate(context));
        return activate.result;
      };
      require.cache[file].exports = { ...load.result, activate: stopwatch };
      await ours.activate();
      leave('activation.json', { load: load.ms, activate: activate.ms });
    };`,
});

export const run: Benchmark['run'] = async ({ rounds, progress }) => {
  await using bench = await BenchWorkbench.start((dir) => [probe(dir)]);
  const measured = [await bench.take<Activation>('activation.json')];
  for (let round = 1; round <= rounds; round++) {
    progress(`window ${round} of ${rounds}`);
    await bench.reload();
    measured.push(await bench.take<Activation>('activation.json'));
  }
  const warm = measured.slice(1); // the first window reads everything from the disk
  return {
    'activate.ms': figureOf(
      warm.map(({ activate }) => activate),
      'ms',
    ),
    'activate.load_ms': figureOf(
      warm.map(({ load }) => load),
      'ms',
    ),
  };
};
