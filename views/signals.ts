import { l10n } from './l10n';

/** What the kernel does with a process that has not prepared for the signal, signal(7). */
export type SignalDefault = 'terminate' | 'core' | 'stop' | 'continue' | 'ignore';

export interface Signal {
  readonly number: number;
  readonly name: string;
  readonly default: SignalDefault;
}

// Numbers of x86 and Arm, the only machines that VS Code runs on (asm-generic/signal.h).
const standard: readonly (readonly [name: string, action: SignalDefault])[] = [
  ['SIGHUP', 'terminate'],
  ['SIGINT', 'terminate'],
  ['SIGQUIT', 'core'],
  ['SIGILL', 'core'],
  ['SIGTRAP', 'core'],
  ['SIGABRT', 'core'],
  ['SIGBUS', 'core'],
  ['SIGFPE', 'core'],
  ['SIGKILL', 'terminate'],
  ['SIGUSR1', 'terminate'],
  ['SIGSEGV', 'core'],
  ['SIGUSR2', 'terminate'],
  ['SIGPIPE', 'terminate'],
  ['SIGALRM', 'terminate'],
  ['SIGTERM', 'terminate'],
  ['SIGSTKFLT', 'terminate'],
  ['SIGCHLD', 'ignore'],
  ['SIGCONT', 'continue'],
  ['SIGSTOP', 'stop'],
  ['SIGTSTP', 'stop'],
  ['SIGTTIN', 'stop'],
  ['SIGTTOU', 'stop'],
  ['SIGURG', 'ignore'],
  ['SIGXCPU', 'core'],
  ['SIGXFSZ', 'core'],
  ['SIGVTALRM', 'terminate'],
  ['SIGPROF', 'terminate'],
  ['SIGWINCH', 'ignore'],
  ['SIGIO', 'terminate'],
  ['SIGPWR', 'terminate'],
  ['SIGSYS', 'core'],
];

const lastSignal = 64;
const firstRealTime = 34; // 32 and 33 are the C library's own, for threads

function realTimeName(number: number): string {
  if (number < firstRealTime) return `SIG${number}`;
  const fromMin = number - firstRealTime;
  const fromMax = lastSignal - number;
  if (fromMin === 0) return 'SIGRTMIN';
  if (fromMax === 0) return 'SIGRTMAX';
  return fromMin <= fromMax ? `SIGRTMIN+${fromMin}` : `SIGRTMAX-${fromMax}`;
}

function signal(number: number): Signal {
  const [name, action] = standard[number - 1] ?? [realTimeName(number), 'terminate'];
  return { number, name, default: action };
}

/** Every signal, 1 to 64. */
export const signals: readonly Signal[] = Array.from({ length: lastSignal }, (_, i) =>
  signal(i + 1),
);

export function signalName(number: number): string {
  return signals[number - 1]?.name ?? `SIG${number}`;
}

export const SIGKILL = 9;
export const SIGTERM = 15;
export const SIGCONT = 18;
export const SIGSTOP = 19;

/** Programs use these as messages; their default effect is not what the sender is after. */
const messages = new Set(['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGIO']);

/** Whether a person should confirm it: it is meant to end the process. */
export function endsProcess(number: number): boolean {
  const found = signals[number - 1];
  if (!found || found.number >= firstRealTime || messages.has(found.name)) return false;
  return found.default === 'terminate' || found.default === 'core';
}

/** What a signal means, in a few words. */
export function signalMeaning(signal: Signal): string {
  return meanings()[signal.name] ?? realTimeMeaning(signal.number);
}

function realTimeMeaning(number: number): string {
  return number < firstRealTime
    ? l10n.t('used by the C library for its threads')
    : l10n.t('real-time signal, meaning chosen by the program');
}

function meanings(): Readonly<Record<string, string>> {
  return {
    SIGHUP: l10n.t('terminal closed; many daemons read their configuration again'),
    SIGINT: l10n.t('interrupt, as Ctrl+C'),
    SIGQUIT: l10n.t('quit with a core dump; Java prints its stacks'),
    SIGILL: l10n.t('illegal instruction'),
    SIGTRAP: l10n.t('trace or breakpoint trap'),
    SIGABRT: l10n.t('abort with a core dump'),
    SIGBUS: l10n.t('bus error'),
    SIGFPE: l10n.t('arithmetic error'),
    SIGKILL: l10n.t('kill; cannot be caught'),
    SIGUSR1: l10n.t('defined by the program; Node.js opens its inspector'),
    SIGSEGV: l10n.t('invalid memory access'),
    SIGUSR2: l10n.t('defined by the program'),
    SIGPIPE: l10n.t('pipe without a reader'),
    SIGALRM: l10n.t('alarm clock'),
    SIGTERM: l10n.t('terminate; the program may clean up'),
    SIGSTKFLT: l10n.t('stack fault; unused'),
    SIGCHLD: l10n.t('a child ended or stopped; ignored unless handled'),
    SIGCONT: l10n.t('continue if stopped'),
    SIGSTOP: l10n.t('stop; cannot be caught'),
    SIGTSTP: l10n.t('stop from the terminal, as Ctrl+Z'),
    SIGTTIN: l10n.t('read from the terminal in the background'),
    SIGTTOU: l10n.t('write to the terminal in the background'),
    SIGURG: l10n.t('urgent data on a socket; ignored unless handled'),
    SIGXCPU: l10n.t('CPU time limit exceeded'),
    SIGXFSZ: l10n.t('file size limit exceeded'),
    SIGVTALRM: l10n.t('virtual alarm clock'),
    SIGPROF: l10n.t('profiling timer'),
    SIGWINCH: l10n.t('window size changed; ignored unless handled'),
    SIGIO: l10n.t('input or output is possible'),
    SIGPWR: l10n.t('power failure'),
    SIGSYS: l10n.t('bad system call'),
  };
}
