import type { ProcessState } from '../protocol.js';

/** Fields of /proc/PID/stat that we use, numbered as in proc_pid_stat(5). */
export interface Stat {
  readonly pid: number; // 1
  readonly comm: string; // 2
  readonly state: ProcessState; // 3
  readonly ppid: number; // 4
  readonly group: number; // 5, process group
  readonly session: number; // 6
  readonly terminal: number; // 7, 0: none
  /** Process group in the foreground of that terminal. */
  readonly foregroundGroup: number; // 8
  readonly kernelThread: boolean; // PF_KTHREAD in 9
  /** Time of all threads, those that ended too, in user and in kernel mode; in clock ticks. */
  readonly cpuTicks: number; // 14 and 15
  readonly threads: number; // 20
  /** Clock ticks since boot, as text: it is half of a key and must not be rounded. */
  readonly startTicks: string; // 22
  readonly residentPages: number; // 24
  /** Addresses that change at each exec; "1" and "0" without PTRACE_MODE_READ. */
  readonly startCode: string; // 26
  readonly startStack: string; // 28
  /** Raw wait status of a zombie; 0 without PTRACE_MODE_READ. */
  readonly exitCode: number; // 52
}

const PF_KTHREAD = 0x00200000; // include/linux/sched.h
const states = 'RSDTtZXIP';

/** The letter is the first thread's. When that one has exited and others run on, it says Z of a live process. */
function processState(letter: string | undefined, threads: number): ProcessState {
  if (!letter || !states.includes(letter) || (letter === 'Z' && threads > 1)) return '?';
  return letter as ProcessState;
}

/** A worker's name goes on with what it happens to do (wq_worker_comm, 4.18); that it does something else is no news. */
function withoutWork(comm: string): string {
  return /^kworker\/u?\d+:\d+H?/.exec(comm)?.[0] ?? comm;
}

/**
 * comm may hold anything, parentheses and newlines included, so it ends at the *last* parenthesis.
 * null when this is not a stat line.
 */
export function parseStat(bytes: Buffer): Stat | null {
  const open = bytes.indexOf(0x28);
  const close = bytes.lastIndexOf(0x29);
  if (open < 2 || close < open) return null;
  const fields = bytes.toString('latin1', close + 2).split(' ');
  const field = (number: number) => fields[number - 3] ?? '';
  if (fields.length < 26) return null;
  const threads = Number(field(20));
  const kernelThread = (Number(field(9)) & PF_KTHREAD) !== 0;
  const comm = bytes.toString('utf8', open + 1, close);
  return {
    pid: Number(bytes.toString('latin1', 0, open - 1)),
    comm: kernelThread ? withoutWork(comm) : comm,
    state: processState(fields[0], threads),
    ppid: Number(field(4)),
    group: Number(field(5)),
    session: Number(field(6)),
    terminal: Number(field(7)),
    foregroundGroup: Number(field(8)),
    kernelThread,
    cpuTicks: Number(field(14)) + Number(field(15)),
    threads,
    startTicks: field(22),
    residentPages: Number(field(24)),
    startCode: field(26),
    startStack: field(28),
    exitCode: Number(field(52)) || 0,
  };
}
