// npm run soak: started by scripts/soak.mjs. Exit code 1: one of the aims was missed.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge } from './aims';
import { soak } from './soak';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    translations: { type: 'string', default: '1000000' },
    pairs: { type: 'string', default: '1000000' },
  },
});

async function main(): Promise<number> {
  const { minutes, pairs, translations } = values;
  const asked = {
    minutes: Number(minutes),
    pairs: Number(pairs),
    translations: Number(translations),
  };
  const { metrics, done, wrongs, points } = await soak(asked);
  const verdict = judge(metrics, asked);
  const report = { ...metrics, minutes: asked.minutes, done, ...verdict, wrongs };
  console.log(JSON.stringify(report, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ ...report, points })}\n`);
  return verdict.missed.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
