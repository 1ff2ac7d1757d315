import type { DebugConfiguration } from 'vscode';
import type { GdbFacts, ProcessKind, ProcessRow, TcpListener } from '../../../native-host/protocol';

/** One way to debug: a type of configuration, as one extension takes it. */
export interface Debugger {
  /** As `type` of a configuration has it: `lldb-dap`. Two extensions may contribute the same one. */
  readonly type: string;
  /** Who contributes it, by publisher and name; forks have other ids, so a type that is there counts more. */
  readonly extension: string;
  /** Tells two ways of one type apart, where one extension has two. */
  readonly variant?: string;
  /** What it can debug. */
  readonly kinds: readonly ProcessKind[];
  /** Where the number of the process stands; null: it is found by port or socket. */
  readonly number: NumberAttribute | null;
  /** How it is shown, from outside, that it is on that process. */
  readonly proof: Proof;
  /** To end what it debugs it kills the number by which the process knows itself. */
  readonly endsByNumber?: true;
  /** It asks for a password where the kernel refuses it the process. */
  readonly asksForPassword?: true;
  /** The processes of this configuration are another machine's, or another PID namespace's: its number says nothing here. */
  isElsewhere?(configuration: DebugConfiguration): boolean;
  /** A complete configuration, with `pidfdKey`. Throws `NothingDone`, with why and what instead, where it cannot work. */
  configure(target: AttachTarget): DebugConfiguration;
}

export interface NumberAttribute {
  readonly attribute: string;
  /** What the adapter takes; `${command:}` gives text. */
  readonly form: 'text' | 'number';
}

export type Proof =
  | 'tracer' // ptrace(2): TracerPid of the process
  | 'inspector' // the address has an UUID that only this process knows
  | 'injection' // traced for a moment, then connected back
  | 'socket' // whose the connected socket is
  | 'event'; // nothing but the adapter's own `process` event

/** What is known of the process that is to be debugged. */
export interface AttachTarget {
  readonly row: ProcessRow;
  /** Its executable, by a path that this machine can open. */
  readonly program: string;
  /** Its root directory, by a path that this machine can open, where that is not ours; null: it sees our files. */
  readonly root: string | null;
  /** Its number in its own PID namespace, where that is not the native host's; null: the same. */
  readonly nsPid: number | null;
  /** Where it can be reached from here, as far as its debugger needs that. */
  readonly contact: Contact | null;
  /** What would be injected by; null: not looked at. */
  readonly gdb: GdbFacts | null;
}

export type Contact =
  | { readonly kind: 'port'; readonly host: string; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string }
  /** In another network: a way there is still to be opened. */
  | { readonly kind: 'far'; readonly listener: TcpListener }
  | { readonly kind: 'inspector'; readonly websocketAddress: string };
