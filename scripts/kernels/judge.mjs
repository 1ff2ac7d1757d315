// What may be skipped in an emulated machine, where everything that the tests need was laid: what the kernel lacks and, for
// an ordinary user, what is root's. Any other skip would hide that something was not tested, so it is a failure.
const kernelLacks = [
  /^this kernel /,
  /\(Linux \d|below Linux \d/,
  /^no connector for ordinary users here$/,
  /^the proc connector does not serve here$/,
  /^no private procfs here: /,
];
const onlyRoots = [/^only root /, / for (this user|ordinary users) here/, /^this user may not /];

const isAllowed = (reason, uid) =>
  [...kernelLacks, ...(uid === 0 ? [] : onlyRoots)].some((pattern) => pattern.test(reason));

/** @typedef {{ title: string, reason: string }} Remark */
/** @typedef {{ passed: number, failed: number, skipped: Remark[], why?: string }} Outcome */

/** @returns {Outcome} */
const failure = (why) => ({ passed: 0, failed: 1, skipped: [], why });

/**
 * @param {{ timedOut: boolean, results: Record<string, any> }} run what machine.mjs gives: results by user
 * @param {number} uid who ran the tests
 * @returns {Outcome}
 */
export function judge({ timedOut, results }, uid) {
  const result = results[uid];
  if (!result)
    return failure(
      timedOut ? 'the machine did not come to its end in time' : 'the machine left no result',
    );
  const { passed, failed, skipped } = result;
  if (passed === 0) return failure('no test has passed');
  const others = skipped.filter(({ reason }) => !isAllowed(reason, uid));
  const why = others.map(({ title, reason }) => `skipped: ${title}: ${reason}`).join('\n');
  return { passed, failed: failed + others.length, skipped, ...(why && { why }) };
}
