/**
 * Regular expressions that somebody wrote, on names that strangers chose: some need longer than the universe lasts
 * (`(a+)+$`). V8 looks at its interrupts while it backtracks, so a time limit ends them, which nothing else does.
 */
import { createContext, Script, type Context } from 'node:vm';

/**
 * For all rows at once. Twenty thousand take some 10 ms, but it is by the clock on the wall, and a busy machine may give
 * us little of it.
 */
const limitMs = 1000;

export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

const script = new Script('run()');
let context: Context | undefined;

/**
 * What `action` gives, which must be nothing but computing: it is cut off anywhere, and no `finally` of it runs. A call
 * costs 0.1 ms, so one is for many rows.
 *
 * @throws TookTooLong
 */
export function withinTime<T>(action: () => T): T {
  context ??= createContext({});
  context['run'] = action;
  try {
    return script.runInContext(context, { timeout: limitMs }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TookTooLong(`longer than ${limitMs} ms`, { cause: error });
  } finally {
    context['run'] = undefined; // it holds rows
  }
}
