/** Signals by identity: to processes, threads, groups. */
import type { ProcessKey, ProgramId, ThreadKey } from './names.js';
import type { ProcessRow, ProcessState } from './row.js';
import type { ErrorData, ErrorKind } from './errors.js';

/** `endedAlready`: the process is a zombie; the kernel accepts the signal and nothing feels it. */
export type SignalOutcome = 'sent' | 'endedAlready';

export interface ThreadRow {
  readonly key: ThreadKey;
  readonly tid: number;
  readonly comm: string;
  readonly state: ProcessState;
}

/** `group` is the process group of the process, whoever leads it. */
export type SignalScope =
  | { readonly kind: 'process' }
  | { readonly kind: 'thread'; readonly thread: ThreadKey }
  | { readonly kind: 'group' };

/** A member of a group whose leader is gone: the kernel takes no group signal then, so each got its own. */
export interface GroupMember {
  readonly row: ProcessRow;
  /** null: sent. */
  readonly error: ErrorKind | null;
}

export interface SignalResult {
  readonly outcome: SignalOutcome;
  /** Only where a group was signalled one by one. */
  readonly members: readonly GroupMember[] | null;
}

/** One of several that were signalled by one request. */
export type BatchResult = { readonly result: SignalResult } | { readonly error: ErrorData };

/** What a signal would do, signal(7). */
export type SignalEffect =
  | 'terminate'
  | 'core'
  | 'stop'
  | 'continue'
  | 'ignored' // by the process, or because that is the signal's default
  | 'handled' // caught
  | 'blocked' // in every thread: it waits until one unblocks it
  | 'initIgnores' // number 1 of a PID namespace takes only what it handles
  | 'unknown';

/** Why a person should think twice. */
export type SignalGuard =
  | 'host' // the native host itself
  | 'ancestor' // one of its ancestors
  | 'vscode' // another process of this VS Code
  | 'init' // number 1 here
  | 'sessionLeader'; // of the session that this VS Code runs in

export interface SignalPreview {
  readonly row: ProcessRow;
  readonly effect: SignalEffect;
  /** Numbers of signals that wait to be taken already. */
  readonly pending: readonly number[];
  /** For the scope of a group: of all its members. */
  readonly guards: readonly SignalGuard[];
  /** For that scope only: the effect on each of its members. */
  readonly members?: readonly SignalEffect[];
}

/** The same for every signal, from one look. */
export interface SignalPreviews {
  readonly row: ProcessRow;
  /** 64 of them: that of signal 1 comes first. */
  readonly effects: readonly SignalEffect[];
  readonly pending: readonly number[];
  readonly guards: readonly SignalGuard[];
}

export interface SignalRequests {
  /** With `program`, refuses with `ProgramChanged` when the process runs another program by now. */
  'signal/send': {
    params: {
      key: ProcessKey;
      signal: number;
      program?: ProgramId;
      scope?: SignalScope;
      value?: number;
    };
    result: SignalResult;
  };
  /** Each by its own key, in order; one that fails does not keep the others from theirs. */
  'signal/batch': {
    params: {
      items: readonly { readonly key: ProcessKey; readonly program?: ProgramId }[];
      signal: number;
      scope?: SignalScope;
      value?: number;
    };
    result: { results: readonly BatchResult[] };
  };
  'signal/preview': {
    params: { key: ProcessKey; signal: number; scope?: SignalScope };
    result: SignalPreview;
  };
  /** For pickers: what each signal would do, in one look. */
  'signal/previews': { params: { key: ProcessKey }; result: SignalPreviews };
  'signal/threads': { params: { key: ProcessKey }; result: { threads: readonly ThreadRow[] } };
}
