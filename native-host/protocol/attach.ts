/** What is asked for the sake of debuggers. */
import type { Known, ProcessKey } from './names.js';
import type { ProcessKind, ProcessRow } from './row.js';
import type { SignalGuard } from './signals.js';

/** Who traces a process by ptrace(2): a debugger, strace... */
export interface Tracer {
  readonly row: ProcessRow;
  /** It descends from the client, as debug adapters do, and what they start. */
  readonly isOurs: boolean;
}

/** What can be seen from outside of whether a debugger is on a process. */
export interface AttachProof {
  /** Dead, not yet collected: nobody can attach to it. */
  readonly hasExited: boolean;
  /** null: none, or none that has a number in the native host's PID namespace. */
  readonly tracer: Tracer | null;
}

export interface TracedProcess {
  readonly row: ProcessRow;
  readonly tracer: Tracer;
}

/** What the kernel would say to a debugger that is started from here. */
export type AttachVerdict = 'allowed' | 'refused' | 'unsure';

export interface UserIds {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}

/** Why a debugger cannot attach, or why that is not sure. Data only: the words are the client's. */
export type AttachReason =
  | { readonly kind: 'kernelThread' }
  | { readonly kind: 'ended' } // a zombie
  | { readonly kind: 'firstThreadEnded' } // others run on: ptrace(2) refuses the process' number then
  /** `tracer` is null where it is out of sight. */
  | { readonly kind: 'traced'; readonly tid: number; readonly tracer: Tracer | null }
  | { readonly kind: 'otherUser'; readonly uids: UserIds }
  | { readonly kind: 'setUid'; readonly uids: UserIds } // started by us, with another user's or group's rights
  | { readonly kind: 'notDumpable' } // by PR_SET_DUMPABLE, or by a set-uid or set-capability program
  | { readonly kind: 'capabilities' } // it may do more than we
  | { readonly kind: 'userNamespace' } // one that we have no rights in
  /**
   * kernel.yama.ptrace_scope. `descends`: from the native host, which may attach then; a debugger has other descendants.
   * Whom a program has named by PR_SET_PTRACER cannot be read.
   */
  | { readonly kind: 'yama'; readonly scope: 1 | 2 | 3; readonly descends: boolean }
  | { readonly kind: 'noCapability' } // we are root without CAP_SYS_PTRACE: a container
  | { readonly kind: 'ptraceForbidden' } // ptrace(2) itself, by a seccomp filter over us
  | { readonly kind: 'securityModule'; readonly label: string | null } // nothing above explains the refusal
  | { readonly kind: 'cannotAsk' }; // neither by pidfd_getfd(2) nor by /proc/PID/mem

/** What builds and mends a debugger's configuration. */
export interface AttachFacts {
  readonly exe: Known<string>;
  readonly exeDeleted: boolean;
  /** From the native host's own PID namespace inwards. */
  readonly numbers: Known<readonly number[]>;
  /** Whether it is in the native host's own; null where that cannot be told. */
  readonly shares: Readonly<Record<'pid' | 'mnt' | 'net' | 'user', boolean | null>>;
  /** Also where a program has a handler of its own; null where that cannot be told. */
  readonly catchesSigusr1: boolean | null;
  readonly stopped: boolean;
  /** NODE_OPTIONS as it was when a Node was started; null: none, no Node, or it cannot be read. Untrusted. */
  readonly nodeOptions: string | null;
  /** Only where it was asked for. */
  readonly gdb: GdbFacts | null;
}

/** The gdb that is found on PATH. */
export interface GdbFacts {
  /** null: there is none, or it does not say. */
  readonly version: string | null;
  /** Before 14 it cannot write the registers of a CPU with AMX: calls into the program fail, and leave errors in it. */
  readonly spoilsCalls: boolean;
}

export interface AttachPreflight {
  readonly row: ProcessRow;
  readonly verdict: AttachVerdict;
  /** The nearest first; empty where it is allowed. */
  readonly reasons: readonly AttachReason[];
  /** How the kernel was asked. */
  readonly asked: 'pidfd' | 'mem' | 'none';
  readonly guards: readonly SignalGuard[];
  readonly facts: AttachFacts;
}

export interface AttachRequests {
  /** What it is to a debugger, by what is in its executable and mapped: never `containerInit`, nor `shell`. */
  'attach/runtime': { params: { key: ProcessKey }; result: { kind: ProcessKind } };
  /** Whether a debugger is on that very process. */
  'attach/proof': { params: { key: ProcessKey }; result: AttachProof };
  /** Everybody who is traced now: to find out whom a debugger hit instead. */
  'attach/traced': { params: null; result: { traced: readonly TracedProcess[] } };
  /** As the kernel would answer ptrace(2). Nothing is attached, and the process does not notice. */
  'attach/preflight': { params: { key: ProcessKey; gdb?: boolean }; result: AttachPreflight };
}
