import { readFileSync } from 'node:fs';

const AT_BASE = 7; // where the dynamic linker lies; 0: there is none
const AT_ENTRY = 9;

/** linux/auxvec.h: pairs of words until a pair of zeros. */
function auxiliary(pid: number, type: number): bigint {
  const bytes = readFileSync(`/proc/${pid}/auxv`);
  for (let at = 0; at < bytes.length; at += 16) {
    if (bytes.readBigUInt64LE(at) === BigInt(type)) return bytes.readBigUInt64LE(at + 8);
  }
  return 0n;
}

/** e_entry of the ELF file that is mapped there, elf(5). */
function entryOf(pid: number, base: bigint): bigint {
  const start = base.toString(16);
  const line = readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${start}-`));
  const path = line?.split(/\s+/).at(-1) ?? '';
  return base + readFileSync(path).readBigUInt64LE(24);
}

/** Where the kernel starts the program that it runs: in the dynamic linker, where there is one. */
export function firstInstruction(pid: number): bigint {
  const base = auxiliary(pid, AT_BASE);
  return base === 0n ? auxiliary(pid, AT_ENTRY) : entryOf(pid, base);
}

/** Where a stopped process goes on, /proc/PID/syscall of proc(5). */
export function programCounter(pid: number): bigint {
  return BigInt(readFileSync(`/proc/${pid}/syscall`, 'latin1').trim().split(' ').at(-1) ?? '');
}
