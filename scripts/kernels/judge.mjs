// What may be skipped in an emulated machine, where everything that the tests need was laid: what the kernel lacks and, for
// an ordinary user, what is root's. Any other skip would hide that something was not tested, so it is a failure.
const lack = /^this kernel lacks (\w+)( for ordinary users)?$/;
const onlyRoots = [
  /^only root /,
  /^this user may not choose PIDs \(clone3 set_tid\): the actor's system call failed: EPERM$/,
];

/** @typedef {{ uid: number, table: ReadonlyMap<string, string> }} Where who ran the tests, and what the kernel has */

/** By docs/kernel.md, which the tests in the same machine compare with what they find. */
function isLacking(reason, { uid, table }) {
  const [, id, ofOrdinaryUsers] = lack.exec(reason) ?? [];
  const isOrdinary = uid !== 0 || ofOrdinaryUsers !== undefined;
  return table.get(id) === 'no' || (table.get(id) === 'root' && isOrdinary);
}

const isAllowed = (reason, where) =>
  isLacking(reason, where) ||
  (where.uid !== 0 && onlyRoots.some((pattern) => pattern.test(reason)));

/** @typedef {{ title: string, reason: string }} Remark */
/** @typedef {{ passed: number, failed: number, skipped: Remark[], why?: string }} Outcome */

/** @returns {Outcome} */
const failure = (why) => ({ passed: 0, failed: 1, skipped: [], why });

/**
 * @param {{ timedOut: boolean, results: Record<string, any> }} run what machine.mjs gives: results by user
 * @param {Where} where
 * @returns {Outcome}
 */
export function judge({ timedOut, results }, where) {
  const result = results[where.uid];
  if (!result)
    return failure(
      timedOut ? 'the machine did not come to its end in time' : 'the machine left no result',
    );
  const { passed, failed, skipped } = result;
  if (passed === 0) return failure('no test has passed');
  const others = skipped.filter(({ reason }) => !isAllowed(reason, where));
  const why = others.map(({ title, reason }) => `skipped: ${title}: ${reason}`).join('\n');
  return { passed, failed: failed + others.length, skipped, ...(why && { why }) };
}
