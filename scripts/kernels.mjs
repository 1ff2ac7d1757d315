// npm run test:kernels: the host suite under this machine's own kernel, and under Debian's older ones, emulated, as root
// and as an ordinary user. `-- 6.1` takes one of them (`own` is the first), `-- --quick` what `npm test` runs, `-- --user
// 1000 --tests 'host/enter*'` a part of it, `-- --json FILE` writes what came of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { release } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot, temporaryDirectory } from './files.mjs';
import { series } from './kernels/images.mjs';
import { runMachines } from './kernels/machines.mjs';
import { chooseSteps } from './steps.mjs';
import { runStep } from './runStep.mjs';

const options = {
  quick: { type: 'boolean', default: false },
  ...{ user: { type: 'string' }, tests: { type: 'string' }, json: { type: 'string' } },
};
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const isStep = process.env.PIDFD_RESULTS !== undefined; // of `npm test`, which has built everything

const [isBuild, isHostSuite] = [({ isSuite }) => !isSuite, ({ name }) => name === 'host'];
const own = 'own';

async function build() {
  for (const step of chooseSteps(['kernels']).filter(isBuild)) {
    const { failed, why } = await runStep(step);
    if (failed > 0) throw new Error(`${step.name}: ${why}`);
  }
}

/** The host suite here, where `npm test` runs it for itself. */
async function runHere() {
  const outcomes = [];
  for (const step of chooseSteps(['host']).filter(isHostSuite))
    outcomes.push({ name: `Linux ${release()} (here)`, series: own, ...(await runStep(step)) });
  return outcomes;
}

function writeJson(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

const sum = (outcomes, of) => outcomes.reduce((total, outcome) => total + of(outcome), 0);

/** One outcome of all machines; each skip says in which it was. */
const together = (outcomes) => ({
  suite: 'kernels',
  passed: sum(outcomes, ({ passed }) => passed),
  failed: sum(outcomes, ({ failed }) => failed),
  skipped: outcomes.flatMap(({ name, skipped }) =>
    skipped.map(({ title, reason }) => ({ title: `${name}: ${title}`, reason })),
  ),
});

/** One that cannot run has not passed. */
const hasPassed = ({ passed, failed }) => passed > 0 && failed === 0;

const figures = (names, outcomes) => ({
  'kernels.passed': names.filter((name) =>
    outcomes.filter(({ series }) => series === name).every(hasPassed),
  ).length,
  'kernels.of': names.length,
});

const older = Object.keys(series);
const known = [own, ...older];
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0)
  throw new Error(`No such kernel: ${unknown.join(', ')}. There are: ${known.join(', ')}`);

if (!isStep) await build();
createRequire(import.meta.url)(inRoot('out/test/support/buildFixtures.js')).buildFixtures();
const { path: folder } = temporaryDirectory();
const initramfs = path.join(folder, 'initramfs');
const names = positionals.length > 0 ? positionals : values.quick ? older : known;
const outcomes = names.includes(own) ? await runHere() : [];
const emulated = names.filter((name) => name !== own);
outcomes.push(...(await runMachines(emulated, initramfs, values)));
const result = together(outcomes);
if (isStep) writeJson(process.env.PIDFD_RESULTS, result);
if (values.json) writeJson(values.json, { metrics: figures(names, outcomes), machines: outcomes });
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped.length} skipped`);
process.exitCode = result.failed > 0 ? 1 : 0;
