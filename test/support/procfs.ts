import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { NamespaceId, NamespaceType } from '../../native-host/protocol';

export interface Stat {
  readonly comm: string;
  readonly state: string;
  readonly ppid: number;
  readonly startTicks: string;
  /** User and system time. */
  readonly cpuTicks: number;
}

function orGone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

function stat(pid: number): Stat | null {
  const text = orGone(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (!text) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    comm: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
    state: fields[0] ?? '',
    ppid: Number(fields[1]),
    startTicks: fields[19] ?? '',
    cpuTicks: Number(fields[11]) + Number(fields[12]),
  };
}

/** A line of `/proc/PID/status`, split at white space; null when the process or the line is not there. */
function status(pid: number, name: string): string[] | null {
  const text = orGone(() => readFileSync(`/proc/${pid}/status`, 'latin1'));
  const line = text?.split('\n').find((candidate) => candidate.startsWith(`${name}:`));
  return line === undefined
    ? null
    : line
        .slice(name.length + 1)
        .trim()
        .split(/\s+/);
}

const namespace = (pid: number | 'self', type: NamespaceType): NamespaceId =>
  (/\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/ns/${type}`))?.[1] ?? '') as NamespaceId;

const pids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** What the tests themselves read of `/proc`, apart from the code that they test. */
export const procfs = {
  stat,
  pids,
  status,
  threads: (pid: number): number[] => readdirSync(`/proc/${pid}/task`).map(Number),
  children: (pid: number): number[] => pids().filter((other) => stat(other)?.ppid === pid),
  numbers: (pid: number): number[] => (status(pid, 'NSpid') ?? []).map(Number),
  /** For a process that is held; in a search over all `pids`, some end meanwhile: `namespaceOrGone`. */
  namespace,
  namespaceOrGone: (pid: number, type: NamespaceType): NamespaceId | null =>
    orGone(() => namespace(pid, type)),
  openFiles: (pid: number | 'self'): string[] =>
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = orGone(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
      return target === null ? [] : [`${fd} ${target}`]; // null: the descriptor of this very listing
    }),
};
