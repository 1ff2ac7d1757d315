/** One process as the table has it. */
import type { ProcessKey, ProgramId } from './names.js';

/** One letter as in `/proc/PID/stat`, proc_pid_stat(5). */
export type ProcessState = 'R' | 'S' | 'D' | 'T' | 't' | 'Z' | 'X' | 'I' | 'P' | '?';

export type ProcessKind =
  | 'kernelThread'
  | 'containerInit' // number 1 of a PID namespace below ours
  | 'node'
  | 'python'
  | 'java'
  | 'go'
  | 'dotnet'
  | 'ruby'
  | 'shell'
  | 'native';

/** One process (a thread group). Without a procfs `state` is `?`, and little more than numbers is known. Strings come from the process itself: untrusted data, never markup. */
export interface ProcessRow {
  readonly key: ProcessKey;
  readonly pid: number;
  /** The parent's number and, where the parent is in the table, its key. Reparenting changes both. */
  readonly ppid: number;
  readonly parentKey: ProcessKey | null;
  /** Real uid in the native host's user namespace; null where unreadable. */
  readonly uid: number | null;
  /** The login name of `uid`, else the number as text, else "?". */
  readonly user: string;
  readonly state: ProcessState;
  /** Milliseconds since the epoch, to the clock tick (10 ms); null without a procfs. */
  readonly startedAt: number | null;
  /** The kernel's short name, at most 15 bytes (longer for some kernel threads); empty without a procfs. */
  readonly comm: string;
  /** argv, cut after 4 KiB; empty for kernel threads and zombies. */
  readonly args: readonly string[];
  readonly argsCut: boolean;
  /** Path as `/proc/PID/exe` names it, without " (deleted)"; null where unreadable or none. */
  readonly exe: string | null;
  readonly kind: ProcessKind;
  readonly program: ProgramId;
}
