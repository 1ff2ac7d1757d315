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

const columns = ['trials', 'wrong', 'refused', 'target felt', 'impostor felt'];
const width = 58;

const cells = (name: string, values: readonly (number | string)[]): string =>
  [
    name.padEnd(width),
    ...values.map((value, at) => String(value).padStart(columns[at]?.length ?? 0)),
  ].join('  ');

const line = (name: string, count: Count): string =>
  cells(name, [
    ...[count.trials, count.wrong, count.refused, count.targetFelt, count.impostorFelt],
  ]);

function section(title: string, counts: Readonly<Record<string, Count>>): string[] {
  const lines = Object.entries(counts).map(([name, each]) => line(`  ${name}`, each));
  return [line(title, sum(counts)), ...lines];
}

const toTable = (proof: Proof): string =>
  [
    cells('a number changed hands', columns),
    ...section('ours', proof.ours),
    ...section('ours, identity checks switched off', proof.unchecked),
    line('start times within one clock tick', proof.startTimeAtOnce),
    ...section('peers', proof.peers),
    ...proof.missing.map(({ name, why }) => `  ${name}: not to be had here: ${why}`),
    `${proof.missing.length} peers are missing`,
    ...proof.blind.map((name) => `  nobody was hit with the checks off: ${name}`),
    '',
    '"target felt": those that had been given a signal before they ended and lent their number, by their wait status.',
    'By start times alone (below Linux 6.9) a successor that is born in the same clock tick cannot be told apart.',
  ].join('\n');

const toJson = (proof: Proof): string =>
  JSON.stringify({ ...sum(proof.ours), ...proof, unchecked: sum(proof.unchecked) }, null, 2);

/** An impostor was hit, or the harness cannot see when one is. */
const isBad = (proof: Proof): boolean =>
  sum(proof.ours).wrong > 0 || sum(proof.ours).targetFelt > 0 || proof.blind.length > 0;

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
