// Which machines are booted, and with what to do.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../files.mjs';
import { kernelImage } from './images.mjs';
import { judge } from './judge.mjs';
import { boot } from './machine.mjs';

const users = { root: 0, 'uid 1000': 1000 };

/** Of each kind of call something: minutes under emulation, where all takes hours. */
const quickFiles = '{host/{exitTiers,initialize,signal,translate},kernels/*}';
const allFiles = '{host,kernels}/**/*';
const limits = { quick: 600, all: 10_800 }; // seconds

/** What went wrong stands at the end of Mocha's report. */
function failuresIn(log) {
  const text = readFileSync(log, 'utf8').replaceAll('\r', '');
  return text.slice(Math.max(0, text.search(/^ {2}\d+ passing/m)));
}

/** @returns {Promise<import('./judge.mjs').Outcome & { name: string, series: string }>} */
async function runOne({ series, kernel, user, initramfs, quick }) {
  const name = `Linux ${series} as ${user}`;
  const folder = inRoot('artifacts/kernels', name.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const files = { console: path.join(folder, 'console.log'), result: path.join(folder, 'result') };
  const words = `PIDFD_UID=${users[user]} PIDFD_TESTS=out/test/${quick ? quickFiles : allFiles}.test.js`;
  const limit = quick ? limits.quick : limits.all;
  const outcome = judge(await boot({ kernel, initramfs, words, limit, ...files }), users[user]);
  const { passed, failed, skipped, why } = outcome;
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  if (failed > 0) console.log([why, failuresIn(files.console)].filter(Boolean).join('\n'));
  return { ...outcome, name, series };
}

/**
 * Both users of each kernel, the users of one beside each other: an emulated machine keeps one processor busy.
 * @param {string[]} names series, such as 6.1
 */
export async function runMachines(names, initramfs, quick) {
  const outcomes = [];
  for (const series of names) {
    const kernel = await kernelImage(series);
    const runs = Object.keys(users).map((user) =>
      runOne({ series, kernel, user, initramfs, quick }),
    );
    outcomes.push(...(await Promise.all(runs)));
  }
  return outcomes;
}
