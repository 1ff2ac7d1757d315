// The kernel's news of processes: struct proc_event, and the numbers that say whether some were lost.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  EventSequence,
  parseProcEvent,
  type ProcEvent,
} from '../../../native-host/kernel/procEvents';
import type { Target } from '../target';

const u32 = fc.oneof(fc.nat(3), fc.nat(), fc.constantFrom(0xffffffff, 0x80000000));

/** linux/cn_proc.h, by its own names: what is told, and of which words. Numbers of threads come before processes'. */
const kinds: Readonly<Record<number, (words: readonly number[]) => ProcEvent | null>> = {
  0x0: ([error]) => (error === 0 ? { kind: 'acknowledged' } : null), // NONE
  0x1: ([, parentPid = 0, thread, childPid = 0]) =>
    thread === childPid ? { kind: 'fork', parentPid, childPid } : null,
  0x2: ([, pid = 0]) => ({ kind: 'exec', pid }),
  0x4: ([thread, pid = 0]) => (thread === pid ? { kind: 'altered', pid } : null), // UID
  0x40: () => null, // GID
  0x80: () => null, // SID
  0x100: ([thread, pid = 0]) => (thread === pid ? { kind: 'traced', pid } : null), // PTRACE
  0x200: ([thread, pid = 0]) => (thread === pid ? { kind: 'altered', pid } : null), // COMM
  0x40000000: () => null, // COREDUMP
  0x80000000: ([thread = 0, pid = 0, exitCode = 0]) => ({ kind: 'exit', thread, pid, exitCode }),
};
const what = fc.oneof(fc.constantFrom(...Object.keys(kinds).map(Number)), u32);

interface Told {
  readonly what: number;
  readonly seq?: number;
  readonly cpu?: number;
  readonly words?: readonly number[];
}

/** nlmsghdr of 4 words, cn_msg of 5, then what, cpu, a timestamp of 2. */
function datagram({ what: kind, seq = 0, cpu = 0, words = [] }: Told): Buffer {
  const all = [...[0, 0, 0, 0], ...[0, 0, seq, 0, 0], ...[kind, cpu, 0, 0], ...words];
  return Buffer.from(Uint32Array.from({ length: 32 }, (_, at) => all[at] ?? 0).buffer);
}

/** The reference: a table, of words rather than bytes. What is cut short is none. */
const events = fc.property(
  what,
  fc.array(u32, { minLength: 4, maxLength: 4 }),
  fc.nat(128),
  (kind, words, size) => {
    const wanted = kinds[kind]?.(words) ?? null;
    const needed = kind === 0 ? 60 : 68;
    const event = parseProcEvent(datagram({ what: kind, words }), size);
    assert.deepEqual(event, size < needed ? null : wanted);
  },
);

const noCpu = 0xffffffff;
const cpus = fc.constantFrom(0, 1, 2, noCpu);
const seen = fc.tuple(cpus, fc.constantFrom(-1, 0, 0, 0, 1, 7), fc.boolean());

/** The reference: of each CPU the whole list, answers to others included, and whether its last two are neighbours. */
const sequences = fc.property(fc.array(seen), fc.constantFrom(0, 5, 0xfffffffe), (all, start) => {
  const sequence = new EventSequence();
  const told = new Map<number, bigint[]>();
  for (const [cpu, skip, isAcknowledgement] of all) {
    const list = told.get(cpu) ?? [];
    told.set(cpu, list);
    const last = list.at(-1);
    const next = BigInt.asUintN(32, (last ?? BigInt(start)) + 1n + BigInt(skip));
    const bytes = datagram({ what: isAcknowledgement ? 0 : 2, seq: Number(next), cpu });
    const isGap = cpu !== noCpu && last !== undefined && skip !== 0;
    assert.equal(sequence.leavesGap(bytes, 76), isGap);
    list.push(next);
  }
});

export const newsTargets: readonly Target[] = [
  { name: 'process events', property: () => events },
  { name: 'numbers of process events', property: () => sequences },
];
