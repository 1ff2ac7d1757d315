// npm run faults: started by scripts/faults.mjs. Exit code 1: something hung, was left, or was wrong.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { strike } from './moments';
import { isFed } from './tally';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    moments: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31 - 1)) },
  },
});

async function main(): Promise<number> {
  const seed = Number(values.seed);
  const tally = await strike(Number(values.moments), seed, ({ moments }) => {
    if (moments % 50 === 0) console.error(`${moments} moments`);
  });
  const { moments, hung, leftStopped, leftRunning, wrong, starved, kinds, notes } = tally;
  const report = {
    'faults.moments': moments,
    'faults.hung': hung,
    'faults.left_stopped': leftStopped,
    'faults.left_running': leftRunning,
    'faults.wrong': wrong,
    'faults.starved': starved.moments,
    'faults.starved_ended': starved.ended,
    'faults.starved_refused': starved.refused,
    ...{ seed, kinds, notes },
  };
  console.log(JSON.stringify(report, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (isFed(tally)) console.error('nobody was ever refused any memory: this run proves nothing');
  return hung + leftStopped + leftRunning + wrong === 0 && !isFed(tally) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
