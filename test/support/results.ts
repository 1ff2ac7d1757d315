// One result file a suite, so that a suite that never ran cannot pass, and a skip always says why.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

export interface SuiteResult {
  suite: string;
  passed: number;
  failed: number;
  skipped: { title: string; reason: string }[];
  /** What passed, or failed for good, only when it was run again (the ui suite's `--retries`). */
  retried: { title: string; reason: string }[];
}

const reasons = new WeakMap<object, string>();

/** What is skipped: the running test, or for a `before` hook its whole block. */
function skippedBy(context: Mocha.Context): object {
  const running = context.test;
  if (running?.title.startsWith('"before all"')) return running.parent ?? running;
  const skipped = context.currentTest ?? running;
  if (!skipped) throw new Error('skipBecause belongs into a test or a hook');
  return skipped;
}

export function skipBecause(context: Mocha.Context, reason: string): never {
  reasons.set(skippedBy(context), reason);
  context.skip();
}

/** What only root can do is no gap for others: npm run test:kernels tells such skips from all others. */
export function onlyRoot(context: Mocha.Context, why: string): void {
  if (process.getuid?.() !== 0) skipBecause(context, `only root ${why}`);
}

function reasonOf(test: Mocha.Test): string {
  for (let at: Mocha.Test | Mocha.Suite | undefined = test; at; at = at.parent) {
    const reason = reasons.get(at);
    if (reason) return reason;
  }
  return 'no reason given';
}

const firstLine = (error: Error) => error.message.split('\n', 1)[0] ?? '';

/** The innermost line of a test or of what it uses, but for what waits. */
function placeOf({ stack }: Error): string {
  const place = /\bout\/(test\/(?!support\/eventually|ui\/patiently)[-\w/.]+:\d+):\d+/.exec(
    stack ?? '',
  )?.[1];
  return place ? ` (${place})` : '';
}

function write(file: string, result: SuiteResult): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

/** Mocha's own spec output, and the result in the file that PIDFD_RESULTS names. */
export class ResultsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.PIDFD_RESULTS;
    const skipped: SuiteResult['skipped'] = [];
    const retried: SuiteResult['retried'] = [];
    runner.on('pending', (test) =>
      skipped.push({ title: test.fullTitle(), reason: reasonOf(test) }),
    );
    runner.on('retry', (test: Mocha.Test, error: Error) =>
      retried.push({ title: test.fullTitle(), reason: `${firstLine(error)}${placeOf(error)}` }),
    );
    // At once: Mocha's own report comes at the end, which is hours away under emulation.
    runner.on('fail', (_, error: Error) => console.log(`      ${error.message}`));
    runner.once('end', () => {
      if (!file) return;
      const { passes, failures } = this.stats;
      write(file, {
        suite: path.basename(file, '.json'),
        passed: passes,
        failed: failures,
        skipped,
        retried,
      });
    });
  }
}
