// npm run proof: started by scripts/proof.mjs. Exit code 1: an impostor felt what was meant for another.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { prove, sum, type Count, type Proof } from './proof';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    trials: { type: 'string', default: '10000' },
    'peer-trials': { type: 'string', default: '100' },
    ui: { type: 'string', default: '0' },
  },
});

const line = (name: string, { trials, wrong, refused }: Count): string =>
  [name.padEnd(44), ...[trials, wrong, refused].map((each) => String(each).padStart(8))].join(' ');

function section(title: string, counts: Readonly<Record<string, Count>>): string[] {
  const lines = Object.entries(counts).map(([name, each]) => line(`  ${name}`, each));
  return [line(title, sum(counts)), ...lines];
}

const toTable = (proof: Proof): string =>
  [
    `${'a number changed hands'.padEnd(44)} ${'trials'.padStart(8)} ${'wrong'.padStart(8)}  refused`,
    ...section('ours', proof.ours),
    ...section('ours, identity checks switched off', proof.unchecked),
    line('start times within one clock tick', proof.startTimeAtOnce),
    ...section('peers', proof.peers),
    ...proof.missing.map((name) => `  ${name}: not to be had here`),
    '',
    'By start times alone (below Linux 6.9) a successor that is born in the same clock tick cannot be told apart.',
  ].join('\n');

const toJson = (proof: Proof): string =>
  JSON.stringify({ ...sum(proof.ours), ...proof, unchecked: sum(proof.unchecked) }, null, 2);

/** An impostor was hit, or the harness cannot see when one is. */
const isBad = (proof: Proof): boolean =>
  sum(proof.ours).wrong > 0 || sum(proof.unchecked).wrong === 0;

async function main(): Promise<number> {
  const proof = await prove({
    trials: Number(values.trials),
    peerTrials: Number(values['peer-trials']),
    uiTrials: Number(values.ui),
    npm: true,
    progress: (text) => console.error(text),
  });
  console.log(toTable(proof));
  if (values.json) writeFileSync(values.json, `${toJson(proof)}\n`);
  return isBad(proof) ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
