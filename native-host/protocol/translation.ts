/** PID namespaces, and numbers from one to another. */
import type { NamespaceId, ProcessKey } from './names.js';
import type { ProcessRow, ProcessState } from './row.js';
import type { NamespaceNumber } from './processes.js';
import type { ErrorData } from './errors.js';

export interface PidNamespace {
  readonly id: NamespaceId;
  readonly parent: NamespaceId | null;
  /** 0 is the native host's own. */
  readonly depth: number;
  /** The process with number 1 there; null when it cannot be seen or has exited. */
  readonly init: ProcessRow | null;
  readonly processes: number;
}

export interface Translation {
  readonly row: ProcessRow;
  readonly numbers: readonly NamespaceNumber[];
  /**
   * `pidfd`: NSpid of the held pidfd, no number looked up. `ioctl`: NS_GET_TGID_* on the namespace itself (6.11).
   * `scan`: NSpid lines with ns/pid inodes compared.
   */
  readonly proof: 'pidfd' | TranslationWay;
}

/** A PID namespace, by whatever is at hand. A process stands for the one that it is in. */
export type NamespaceRef =
  | { readonly kind: 'ours' } // the native host's own
  | { readonly kind: 'process'; readonly key: ProcessKey }
  | { readonly kind: 'namespace'; readonly namespace: NamespaceId }
  /** Name or id, as the containers of the inventory have it. */
  | { readonly kind: 'container'; readonly name: string }
  /** An absolute path to a nsfs file: a bind mount, or `/proc/PID/ns/pid`. */
  | { readonly kind: 'path'; readonly path: string };

/** translate_pid(number, source, target) for many numbers at once. */
export interface TranslationItem {
  readonly numbers: readonly number[];
  readonly source: NamespaceRef;
  readonly target: NamespaceRef;
  /** Numbers of threads, not of processes. */
  readonly threads?: boolean;
}

/**
 * A number in the target, or why there is none:
 * `noneThere`: it exists, and the target does not see it; `noProcess`: nobody has that number in the source;
 * `isThread`: it is a thread's, and a process' was asked for; `unproven`: the kernel does not tell this user.
 */
export type TranslatedNumber = number | 'noneThere' | 'noProcess' | 'isThread' | 'unproven';

/** How one namespace lies to another. `outside`: neither in it nor equal to it, though it may be around it. */
export type NamespaceRelation = 'equal' | 'inside' | 'outside';

/** `ioctl`: the kernel on the namespaces themselves (6.11). `scan`: NSpid lines with ns/pid inodes compared. */
export type TranslationWay = 'ioctl' | 'scan';

export interface TranslatedNumbers {
  /** One for each number, in order. */
  readonly answers: readonly TranslatedNumber[];
  readonly source: NamespaceId;
  readonly target: NamespaceId;
  /** How the source lies to the target, by NS_GET_PARENT; null where that is out of sight. */
  readonly relation: NamespaceRelation | null;
  readonly proof: TranslationWay;
}

export type TranslationResult = TranslatedNumbers | { readonly error: ErrorData };

/** A process as the init of a PID namespace sees it. */
export interface OwnTreeRow {
  readonly nsPid: number;
  /** 0: none, or one outside of the namespace. */
  readonly parentNsPid: number;
  readonly comm: string;
  readonly state: ProcessState;
  /** argv, cut after 4 KiB. */
  readonly args: readonly string[];
  readonly argsCut: boolean;
  /** The same process as the native host knows it: it was held while it was read. */
  readonly key: ProcessKey;
  readonly pid: number;
}

export interface TranslationRequests {
  /** Outward-in: the numbers of one process in every PID namespace that it is in. */
  'translate/numbers': { params: { key: ProcessKey }; result: Translation };
  /** Inward-out: the process that has `nsPid` in that namespace; null when there is none. */
  'translate/find': {
    params: { namespace: NamespaceId; nsPid: number };
    result: Translation | null;
  };
  /** Numbers alone: no process is held, and none is promised to be the same a moment later. */
  'translate/batch': {
    params: { items: readonly TranslationItem[] };
    result: { results: readonly TranslationResult[] };
  };
  /** From a procfs of that namespace alone, which is mounted nowhere. */
  'namespaces/ownTree': {
    params: { namespace: NamespaceRef };
    result: { namespace: NamespaceId; rows: readonly OwnTreeRow[] };
  };
  /** PID namespaces with at least one readable process; `unreadable` processes belong to none of them for sure. */
  'namespaces/pid': {
    params: null;
    result: { namespaces: readonly PidNamespace[]; unreadable: number };
  };
}
