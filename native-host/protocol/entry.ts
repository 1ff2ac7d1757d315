/** Entering namespaces. */
import type { NamespaceType, ProcessKey } from './names.js';

/** Who to be in namespaces that are entered: the process' user, number 0 there, or who we are. */
export const entryUsers = ['target', 'root', 'ours'] as const;
export type EntryUser = (typeof entryUsers)[number];

/** Why a namespace cannot be entered. */
export type EntryRefusal =
  | 'unreadable' // the kernel does not show us which one it is (another user's process)
  | 'permission' // setns(2) refuses
  | 'needsUser' // only together with the user namespace
  | 'noSuchUser'; // nobody is that user there, or only root may become it

export interface EntryOption {
  readonly type: NamespaceType;
  /** Another one than the native host's; null where it cannot be told. */
  readonly differs: boolean | null;
  /** null: it can be entered. */
  readonly refusal: EntryRefusal | null;
}

/** Whether namespaces can be entered, tried out by nsenter(1) without running anything in there. */
export interface Entry {
  readonly options: readonly EntryOption[];
  /** Of what was asked for, all together; null: it can be entered. */
  readonly refusal: EntryRefusal | null;
  /** What nsenter says against it, for the log and for "details". */
  readonly cause: string | null;
  /** A shell in the process' root directory; null where there is none, or it cannot be seen. */
  readonly shell: string | null;
}

export interface EntryRequests {
  /** `join`: all that differ, if left out. `user`: `target`, if left out. */
  'namespaces/enterable': {
    params: { key: ProcessKey; join?: readonly NamespaceType[]; user?: EntryUser };
    result: Entry;
  };
}
