// npm test: everything that a fresh clone needs, then all checks and suites. `npm test -- unit host` runs just those.
import { ensureDependencies } from './dependencies.mjs';
import { outcomeOfMissing } from './missing.mjs';
import { removeStaleOutput } from './staleOutput.mjs';
import { runStep } from './runStep.mjs';
import { chooseSteps } from './steps.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

async function runAll(chosen, missing) {
  const outcomes = [{ name: 'system', ...outcomeOfMissing(missing) }];
  for (const step of chosen) {
    console.log(`\n=== ${step.name}`);
    const lack = missing.find(({ suites }) => suites.includes(step.name));
    if (lack) console.log(`cannot run: ${lack.reason}`);
    else outcomes.push({ name: step.name, ...(await runStep(step)) });
  }
  return outcomes;
}

const sum = (outcomes, of) => outcomes.reduce((total, outcome) => total + of(outcome), 0);

function printTable(outcomes) {
  console.log('');
  for (const { name, passed, failed, skipped, why } of outcomes) {
    if (passed + failed + skipped.length === 0) continue;
    const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
    console.log(`${name.padEnd(16)} ${counts}${why ? `: ${why}` : ''}`);
  }
}

/** Each reason once: what a kernel lacks is a reason for many. */
function printSkipped(skipped) {
  const titles = new Map();
  for (const { title, reason } of skipped)
    titles.set(reason, [...(titles.get(reason) ?? []), title]);
  for (const [reason, those] of titles)
    console.log(
      `skipped: ${those.length > 3 ? `${those.length} tests` : those.join('; ')}: ${reason}`,
    );
}

function printSummary(outcomes) {
  printTable(outcomes);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  printSkipped(skipped);
  const retried = outcomes.flatMap((outcome) => outcome.retried ?? []);
  for (const { title, reason } of retried) console.log(`run again: ${title}: ${reason}`);
  const passed = sum(outcomes, (outcome) => outcome.passed);
  const failed = sum(outcomes, (outcome) => outcome.failed);
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  return failed;
}

const chosen = chooseSteps(process.argv.slice(2));
await ensureDependencies();
removeStaleOutput();
const missing = await ensureSystemPackages();
const failed = printSummary(await runAll(chosen, missing));
process.exitCode = failed > 0 ? 1 : 0;
