// Runs one step of `npm test` and says what came of it. Only a result file with tests in it is believed.
import { rmSync } from 'node:fs';
import { inRoot, readJson } from './files.mjs';
import { run } from './processes.mjs';

/** @typedef {{ title: string, reason: string }} Remark */
/** @typedef {{ passed: number, failed: number, skipped: Remark[], retried?: Remark[], why?: string }} Outcome */

/** @returns {Outcome} */
const failure = (why) => ({ passed: 0, failed: 1, skipped: [], why });

/** @returns {Outcome} */
function judgeSuite(result, code, timedOut, limit) {
  if (!result)
    return failure(timedOut ? `no end after ${limit} s` : `no result; it ended with ${code}`);
  if (result.passed + result.failed + result.skipped.length === 0) return failure('no tests in it');
  if (timedOut)
    return { ...result, failed: result.failed + 1, why: `it did not end within ${limit} s` };
  if (code !== 0 && result.failed === 0)
    return { ...result, failed: 1, why: `all passed, but it ended with ${code}` };
  return result;
}

/** @returns {Promise<Outcome>} */
async function runSuite({ name, command, limit }) {
  const file = inRoot('artifacts/results', `${name}.json`);
  rmSync(file, { force: true });
  const [program, ...args] = command();
  const env = { ...process.env, PIDFD_RESULTS: file };
  const { code, timedOut } = await run(program, args, { limit, env });
  return judgeSuite(readJson(file), code, timedOut, limit);
}

/** @returns {Promise<Outcome>} */
async function runCheck({ command, limit }) {
  const [program, ...args] = command();
  const { code, timedOut } = await run(program, args, { limit });
  if (code === 0 && !timedOut) return { passed: 1, failed: 0, skipped: [] };
  return failure(timedOut ? `no end after ${limit} s` : `it ended with ${code}`);
}

/**
 * @param {import('./steps.mjs').Step} step
 * @returns {Promise<Outcome>}
 */
export async function runStep(step) {
  try {
    await step.prepare?.();
    return await (step.isSuite ? runSuite(step) : runCheck(step));
  } catch (error) {
    return failure(error.message);
  }
}
