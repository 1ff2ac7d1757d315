/**
 * Regular expressions that a person typed, on names that strangers chose: some need longer than the universe lasts
 * (`(a+)+$`). V8 looks at its interrupts while it backtracks, so a time limit ends them, which nothing else does.
 */
import { createContext, Script } from 'node:vm';
import { HostError } from '../hostError.js';

const limitMs = 500;
/** V8's limit is by the clock on the wall: on a busy machine a short test may only have waited. All else waits as long. */
const mostTurns = 3;

const context = createContext({ pattern: /./, subjects: [''] });
const script = new Script('subjects.some((subject) => pattern.test(subject))');

/** @throws HostError Invalid, with what is wrong */
export function parsePattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    throw new HostError('Invalid', 'no regular expression', { cause: error });
  }
}

/** Whether one of them matches. @throws HostError Invalid: it took too long */
export function boundedTest(pattern: RegExp, subjects: readonly string[]): boolean {
  Object.assign(context, { pattern, subjects });
  for (let turn = 1; ; turn++) {
    const before = process.cpuUsage();
    try {
      return Boolean(script.runInContext(context, { timeout: limitMs }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        throw new HostError('Invalid', 'this pattern cannot be tested', { cause: error });
      if (turn < mostTurns && hasWaited(before)) continue;
      const text = `this pattern takes longer than ${limitMs} ms on one process`;
      throw new HostError('Invalid', text, { cause: error });
    }
  }
}

/** Most of the time was somebody else's. */
function hasWaited(before: NodeJS.CpuUsage): boolean {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 < limitMs / 2;
}
