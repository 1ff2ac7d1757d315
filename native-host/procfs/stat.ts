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

const skip = (count: number) => '\\S+ '.repeat(count);
const number = '(-?\\d+) ';

/** From the state on. An expression takes a fifth of what it costs to split the line, of which little is wanted. */
const fieldsPattern = new RegExp(
  [
    ...['(\\S) ', number.repeat(6), skip(4), number.repeat(2)], // 3, 4 to 9, 14 and 15
    ...[skip(4), number, skip(1), number, skip(1), number], // 20, 22, 24
    ...[skip(1), number, skip(1), number, skip(23), '(-?\\d+)'], // 26, 28, 52
  ].join(''),
  'y', // from a place on
);

/**
 * comm may hold anything, parentheses and newlines included, so it ends at the *last* parenthesis.
 * null when this is not a stat line.
 */
export function parseStat(bytes: Buffer): Stat | null {
  const open = bytes.indexOf(0x28);
  const close = bytes.lastIndexOf(0x29);
  if (open < 2 || close < open) return null;
  const text = bytes.toString('latin1');
  fieldsPattern.lastIndex = close + 2;
  const fields = fieldsPattern.exec(text);
  if (!fields) return null;
  const [, state, ppid, group, session, terminal, foreground, flags, user, kernel, ...more] =
    fields;
  const [threads, startTicks = '', residentPages, startCode = '', startStack = '', exitCode] = more;
  const kernelThread = (Number(flags) & PF_KTHREAD) !== 0;
  const comm = bytes.toString('utf8', open + 1, close);
  return {
    pid: Number(text.slice(0, open - 1)),
    comm: kernelThread ? withoutWork(comm) : comm,
    state: processState(state, Number(threads)),
    ppid: Number(ppid),
    group: Number(group),
    session: Number(session),
    terminal: Number(terminal),
    foregroundGroup: Number(foreground),
    kernelThread,
    cpuTicks: Number(user) + Number(kernel),
    threads: Number(threads),
    startTicks,
    residentPages: Number(residentPages),
    startCode,
    startStack,
    exitCode: Number(exitCode),
  };
}
