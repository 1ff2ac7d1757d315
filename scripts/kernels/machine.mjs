// A machine of its own for another kernel, emulated: neither KVM nor a network nor a disk is needed.
import { closeSync, openSync } from 'node:fs';
import { readIfThere } from '../files.mjs';
import { run } from '../processes.mjs';

const hardware = [
  ...['-machine', 'pc', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '3072'],
  ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-net', 'none'],
];
const always = 'console=ttyS0 quiet panic=-1 oops=panic mitigations=off';

/**
 * Boots a kernel until it switches the machine off. The first serial port is its console, the second carries the result.
 * @param {{ kernel: string, initramfs: string, words: string, console: string, result: string, limit: number }} machine
 *   files; words for the kernel's command line; seconds
 * @returns {Promise<{ timedOut: boolean, result: string | undefined }>}
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
    return { timedOut, result: readIfThere(result) };
  } finally {
    closeSync(log);
  }
}
