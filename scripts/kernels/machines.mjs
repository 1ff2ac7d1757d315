// Which machines are booted, and with what to do.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inRoot } from '../files.mjs';
import { outcomeOfMissing } from '../missing.mjs';
import { findKernel, kernelModule } from './images.mjs';
import { makeInitramfs } from './initramfs.mjs';
import { judge } from './judge.mjs';
import { boot } from './machine.mjs';

const names = { 1000: 'uid 1000', 0: 'root' };

/** Podman is not laid there: it would be the greater part of all, and asks nothing of a kernel that runc does not. */
const all = '{host,kernels}/**/!(podman)';
/**
 * Where another kernel answers in another way: minutes under emulation, where all takes more than an hour. What no kernel
 * changes but only such a machine lets one test is tried in one of them. Mocha takes no braces for a pattern where there
 * is no star.
 */
const quickly = {
  6.1: {
    0: 'host/{capabil*,exitTiers,initialize,translate}',
    1000: 'host/{capabil*,signal}',
  },
  6.12: {
    0: '{host/{capabilities,initialize,translate},kernels/*}',
    1000: 'host/{capabil*,signal}',
  },
};
/** Seconds. */
const limits = { whole: 28_800, quick: 1200 };

/** @typedef {{ quick: boolean, user?: string, tests?: string }} Part of all that there is */

/** By user. */
function testsFor(series, { quick, user, tests }) {
  const of = (uid) => `out/test/${tests ?? (quick ? quickly[series][uid] : all)}.test.js`;
  const uids = user === undefined ? Object.keys(names) : [user];
  return Object.fromEntries(uids.map((uid) => [uid, of(uid)]));
}

/** What docs/kernel.md says that the kernel has: read as the tests read it. */
function tableOf(series) {
  const { capabilityTable } = createRequire(import.meta.url)(
    inRoot('out/test/support/capabilityTable.js'),
  );
  return capabilityTable(series) ?? new Map();
}

/** What went wrong stands at the end of Mocha's report. */
function failuresIn(log, uid) {
  const text = readFileSync(log, 'utf8').replaceAll('\r', '');
  const [, own = ''] = text.split(`the tests as uid ${uid} begin`);
  const [report] = own.split(`the tests as uid ${uid} ended`);
  return report.slice(Math.max(0, report.search(/^ {2}\d+ passing/m)));
}

function say({ name, passed, failed, skipped, why }, failures) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  if (failed > 0) console.log([why, failures].filter(Boolean).join('\n'));
}

/** Boots once more where the emulator has made the kernel itself crash. */
async function bootSafely(machine) {
  const run = await boot(machine);
  if (!run.panicked) return run;
  console.log(`The kernel itself has crashed (${machine.console}): once more`);
  return boot(machine);
}

/** @returns {Promise<(import('./judge.mjs').Outcome & { name: string, series: string })[]>} of each user */
async function runOne({ series, kernel, initramfs, part }) {
  const folder = inRoot('artifacts/kernels', series);
  mkdirSync(folder, { recursive: true });
  const files = { console: path.join(folder, 'console.log'), result: path.join(folder, 'result') };
  const tests = testsFor(series, part);
  const words = Object.entries(tests).map(([uid, pattern]) => `PIDFD_TESTS_${uid}=${pattern}`);
  const [limit, table] = [limits[part.quick ? 'quick' : 'whole'], tableOf(series)];
  const run = await bootSafely({ kernel, initramfs, words: words.join(' '), limit, ...files });
  return Object.keys(tests).map((uid) => {
    const name = `Linux ${series} as ${names[uid]}`;
    const outcome = { name, series, ...judge(run, { uid: Number(uid), table }) };
    say(outcome, failuresIn(files.console, uid));
    return outcome;
  });
}

function cannotRun({ series, lack }) {
  const name = `Linux ${series}`;
  console.log(`${name} cannot run: ${lack}`);
  return { name, series, ...outcomeOfMissing([{ title: 'all tests', reason: lack }]) };
}

/**
 * All kernels beside each other, the users of one after another: an emulated machine keeps one processor busy.
 * @param {string[]} series such as 6.1
 * @param {string} initramfs where their files are written
 * @param {Part} part
 */
export async function runMachines(series, initramfs, part) {
  const found = [];
  for (const one of series) found.push({ series: one, ...(await findKernel(one)) });
  const outcomes = found.filter(({ lack }) => lack).map(cannotRun);
  const machines = found.filter(({ lack }) => !lack);
  if (machines.length === 0) return outcomes;
  const modules = machines.flatMap(({ kernel }) => kernelModule(kernel, 'fs/fuse/fuse.ko'));
  makeInitramfs(initramfs, modules);
  const runs = machines.map((machine) => runOne({ ...machine, initramfs, part }));
  return [...outcomes, ...(await Promise.all(runs)).flat()];
}
