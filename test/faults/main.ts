// npm run faults: started by scripts/faults.mjs. Exit code 1: something hung, was left, or was wrong.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { strike } from './moments';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    moments: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31 - 1)) },
  },
});

async function main(): Promise<number> {
  const seed = Number(values.seed);
  const { moments, hung, leftStopped, leftRunning, wrong, kinds, notes } = await strike(
    Number(values.moments),
    seed,
    (faults) => {
      if (faults.moments % 50 === 0) console.error(`${faults.moments} moments`);
    },
  );
  const report = {
    'faults.moments': moments,
    'faults.hung': hung,
    'faults.left_stopped': leftStopped,
    'faults.left_running': leftRunning,
    'faults.wrong': wrong,
    ...{ seed, kinds, notes },
  };
  console.log(JSON.stringify(report, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return hung + leftStopped + leftRunning + wrong === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
