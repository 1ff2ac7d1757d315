/** More of single processes than their rows tell. */
import type { Known, NamespaceId, NamespaceType, ProcessKey } from './names.js';
import type { ProcessRow } from './row.js';

/** A number that one process has in one PID namespace. */
export interface NamespaceNumber {
  /** null where the namespace cannot be read (another user's process). */
  readonly namespace: NamespaceId | null;
  readonly nsPid: number;
}

/** What one row's tooltip and details need, read through one bound handle. */
export interface ProcessDetails {
  readonly row: ProcessRow;
  /** Full argv, cut after 256 KiB. */
  readonly args: Known<readonly string[]>;
  readonly argsCut: boolean;
  readonly exe: Known<string>;
  /** True when the executable's file was deleted or replaced since it was started. */
  readonly exeDeleted: boolean;
  readonly cwd: Known<string>;
  readonly namespaces: Readonly<Record<NamespaceType, Known<NamespaceId>>>;
  /** Outermost (the native host's own PID namespace) first. */
  readonly numbers: Known<readonly NamespaceNumber[]>;
  readonly threads: number | null;
}

/** Bytes that a process had fetched from storage and sent there since its start; the page cache does not count. */
export interface IoBytes {
  readonly read: number;
  readonly written: number;
}

/** What a process uses at one moment, read through one bound handle. */
export interface ProcessUsage {
  readonly key: ProcessKey;
  /**
   * Share of one processor since it was sampled before: 1 is all of one, and several threads can take more. In clock
   * ticks (10 ms), so rough where the time is short. null the first time, and again after half a minute unasked.
   */
  readonly cpu: number | null;
  /** Resident memory in bytes, what is shared with others included; 0 for kernel threads and zombies. */
  readonly rss: number;
  readonly threads: number;
  /** Needs the permission to trace it. */
  readonly io: Known<IoBytes>;
}

/** Where a process works, as its own root directory has it (a container's, perhaps). Untrusted. */
export interface ProcessFolder {
  readonly key: ProcessKey;
  /** Needs the permission to trace it. */
  readonly cwd: Known<string>;
}

/** Keys in one `processes/sample` or `processes/folders`, at most. */
export const mostSamples = 2000;

export interface ProcessRequests {
  'processes/details': { params: { key: ProcessKey }; result: ProcessDetails };
  /** What these processes use now; those that ended are left out. At most `mostSamples` keys. */
  'processes/sample': {
    params: { keys: readonly ProcessKey[] };
    result: { usages: readonly ProcessUsage[] };
  };
  /** Proportional set size in bytes. Dear for the process: only for one that a person looks at. */
  'processes/pss': { params: { key: ProcessKey }; result: { pss: Known<number> } };
  /** Where these processes work; those that ended are left out. At most `mostSamples` keys. */
  'processes/folders': {
    params: { keys: readonly ProcessKey[] };
    result: { folders: readonly ProcessFolder[] };
  };
  /** The process that has this number now: for numbers that a person typed. It is only as sure as that. */
  'processes/find': { params: { pid: number }; result: ProcessRow };
  /** Opens text that a person typed or a window stored: `PID:INODE` or `PID@STARTTICKS`. */
  'processes/open': { params: { key: string }; result: ProcessRow };
}
