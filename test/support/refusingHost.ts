// The native host as it is, for which the kernel refuses one more thing each time that SIGUSR2 comes: the next of
// PIDFD_REFUSALS, a JSON list. With PIDFD_REFUSES_AT_ONCE the first is refused before it starts.
import koffi from 'koffi';
import { readdirSync, readlinkSync } from 'node:fs';
import { entry } from './hostClient';
import type { Condition, Refusal } from './refusals';

const library = koffi.load(null);
const program = koffi.struct({ length: 'uint16_t', filter: 'void *' });
const prctl = library.func('prctl', 'int', ['int', 'ulong', 'ulong', 'ulong', 'ulong']);
const seccomp = library.func('syscall', 'long', ['long', 'uint', 'uint', koffi.pointer(program)]);

const PR_SET_NO_NEW_PRIVS = 38;
const SYS_seccomp = 317; // x86-64
const [SET_MODE_FILTER, TSYNC] = [1, 1]; // all threads
const [RET_ALLOW, RET_ERRNO] = [0x7fff0000, 0x00050000];
const [LOAD, AND, RETURN] = [0x20, 0x54, 0x06];
const jumps = { is: 0x15, above: 0x25 } as const;

/** Jumps over so many when the comparison holds, or does not; see linux/filter.h. */
type Line = readonly [code: number, yes: number, no: number, value: number];

/** struct seccomp_data: the number at 0, the lower halves of arguments from 16 on, each 8 bytes. */
function linesOf({ number, where = [], errno }: Refusal): Line[] {
  const allow: Line = [RETURN, 0, 0, RET_ALLOW];
  const lines: Line[] = [[LOAD, 0, 0, 0], [jumps.is, 1, 0, number], allow];
  for (const { argument, mask = 0xffffffff, how, value, not = false } of where) {
    lines.push([LOAD, 0, 0, 16 + 8 * argument], [AND, 0, 0, mask]);
    lines.push([jumps[how], not ? 0 : 1, not ? 1 : 0, value], allow);
  }
  return [...lines, [RETURN, 0, 0, RET_ERRNO | errno]];
}

/** All that there are before the native host starts. */
const nodesEpolls = readdirSync('/proc/self/fd').filter((fd) => isEpoll(`/proc/self/fd/${fd}`));

function isEpoll(path: string): boolean {
  try {
    return readlinkSync(path) === 'anon_inode:[eventpoll]';
  } catch {
    return false; // the one that the folder was read by
  }
}

const notNodes = (): Condition[] =>
  nodesEpolls.map((fd) => ({ argument: 0, how: 'is', value: Number(fd), not: true }));

function refuse(refusal: Refusal): void {
  const { where = [], notNodesEpolls } = refusal;
  const lines = linesOf({ ...refusal, where: [...where, ...(notNodesEpolls ? notNodes() : [])] });
  const filter = Buffer.alloc(lines.length * 8);
  for (const [at, [code, yes, no, value]] of lines.entries()) {
    filter.writeUInt16LE(code, at * 8);
    filter.writeUInt8(yes, at * 8 + 2);
    filter.writeUInt8(no, at * 8 + 3);
    filter.writeUInt32LE(value >>> 0, at * 8 + 4);
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) throw new Error('no_new_privs');
  const length = lines.length;
  if (Number(seccomp(SYS_seccomp, SET_MODE_FILTER, TSYNC, { length, filter })) !== 0)
    throw new Error(`seccomp ${koffi.errno()}`);
}

const refusals = JSON.parse(process.env['PIDFD_REFUSALS'] ?? '[]') as Refusal[];
const next = (): void => {
  const refusal = refusals.shift();
  if (refusal) refuse(refusal);
  process.stderr.write('refused\n');
};

process.on('SIGUSR2', next);
if (process.env['PIDFD_REFUSES_AT_ONCE']) next();
process.argv[1] = entry; // what it starts are native hosts, too
// eslint-disable-next-line @typescript-eslint/no-require-imports -- after all this
require(entry);
