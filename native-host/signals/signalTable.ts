/** Signal numbers of x86-64 and arm64 (asm-generic/signal.h) and their default actions, signal(7). */
export const SIGHUP = 1;
export const SIGKILL = 9;
export const SIGUSR1 = 10;
export const SIGTERM = 15;
export const SIGCONT = 18;
export const SIGSTOP = 19;

/** SIGRTMAX of the kernel. */
export const maxSignal = 64;

export type DefaultAction = 'terminate' | 'core' | 'stop' | 'continue' | 'ignored';

const core = new Set([3, 4, 5, 6, 7, 8, 11, 24, 25, 31]);
const stop = new Set([19, 20, 21, 22]);
const ignored = new Set([17, 23, 28]);

export function defaultAction(signal: number): DefaultAction {
  if (core.has(signal)) return 'core';
  if (stop.has(signal)) return 'stop';
  if (ignored.has(signal)) return 'ignored';
  return signal === SIGCONT ? 'continue' : 'terminate'; // real-time signals terminate
}

const names = [
  ...['HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2'],
  ...['PIPE', 'ALRM', 'TERM', 'STKFLT', 'CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG'],
  ...['XCPU', 'XFSZ', 'VTALRM', 'PROF', 'WINCH', 'IO', 'PWR', 'SYS'],
];

/** `SIGTERM`, `TERM`, `15`; null when it names none. */
export function parseSignal(text: string): number | null {
  const number = /^\d+$/.test(text) ? Number(text) : names.indexOf(text.replace(/^SIG/, '')) + 1;
  return number >= 1 && number <= maxSignal ? number : null;
}

/** Whether a mask of /proc/PID/status has the signal. */
export function inMask(mask: bigint, signal: number): boolean {
  return ((mask >> BigInt(signal - 1)) & 1n) === 1n;
}
