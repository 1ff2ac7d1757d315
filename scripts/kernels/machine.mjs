// A machine of its own for another kernel, emulated: neither KVM nor a network nor a disk is needed.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readIfThere } from '../files.mjs';
import { run } from '../processes.mjs';

/** One old processor each: what newer ones save for each task, and what several tell each other, is dear to emulate. */
const hardware = [
  ...['-machine', 'pc', '-accel', 'tcg', '-cpu', 'Nehalem', '-smp', '1', '-m', '3072'],
  ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-net', 'none'],
];
/** An emulated clock is not to be doubted: the kernel would rewrite its own code then, which this emulator takes badly. */
const always = 'console=ttyS0 quiet panic=-1 oops=panic mitigations=off tsc=reliable';

/** What each user's tests left, a line for each; the last may be cut. */
function resultsIn(file) {
  const lines = (readIfThere(file) ?? '').split('\n').slice(0, -1);
  return Object.fromEntries(lines.map((line) => JSON.parse(line)).map((one) => [one.suite, one]));
}

/**
 * Boots a kernel until it switches the machine off. The first serial port is its console, the second carries the result.
 * @param {{ kernel: string, initramfs: string, words: string, console: string, result: string,
 *   limit: number }} machine files; words for the kernel's command line; seconds
 * @returns {Promise<{ timedOut: boolean, panicked: boolean, results: Record<string, any> }>} results by user
 */
export async function boot({ kernel, initramfs, words, console, result, limit }) {
  const log = openSync(console, 'w');
  const args = [
    ...[...hardware, '-kernel', kernel, '-initrd', initramfs, '-append', `${always} ${words}`],
    ...['-serial', 'stdio', '-serial', `file:${result}`],
  ];
  try {
    const stdio = ['ignore', log, log];
    const { timedOut } = await run('qemu-system-x86_64', args, { stdio, limit });
    const panicked = readFileSync(console, 'utf8').includes('Kernel panic');
    return { timedOut, panicked, results: resultsIn(result) };
  } finally {
    closeSync(log);
  }
}
