// What cannot run here: a skip with its reason, and a failure in CI, where it has to be there.

/** @typedef {import('./runStep.mjs').Outcome} Outcome */

const demandsAll = process.env.CI === 'true';

/**
 * @param {{ title: string, reason: string }[]} missing
 * @returns {Outcome}
 */
export function outcomeOfMissing(missing) {
  const skipped = missing.map(({ title, reason }) => ({ title, reason }));
  if (!demandsAll) return { passed: 0, failed: 0, skipped };
  const why = missing.map(({ reason }) => reason).join('; ');
  return { passed: 0, failed: missing.length, skipped: [], ...(why && { why }) };
}
