/** How a request fails. */
import type { ProcessRow } from './row.js';

/** Every failure has one kind; the extension has one table from kind to sentence and next step. */
export type ErrorKind =
  | 'Gone' // the process ended, or the number belongs to another by now
  | 'Denied' // EPERM or EACCES
  | 'Unsupported' // this kernel, container or identity tier cannot do it
  | 'Invalid' // parameters that no correct client sends, or a typed number that cannot be
  | 'NotAProcess' // the number is a thread's
  | 'Invisible' // the process has no number in the native host's PID namespace
  | 'Refused' // it would stop the one that must continue it, or is none of this VS Code's
  | 'Overlaps' // it belongs to a tree that is being stopped already, or is above one
  | 'Unguarded' // nobody would continue what is stopped, should the native host die: nothing stays stopped
  | 'ProgramChanged' // exec since the row was drawn
  | 'Exhausted' // EMFILE, ENFILE, ENOMEM, ENOSPC: `limit` says how many files may be open
  | 'Internal';

export const errorCodes: Readonly<Record<ErrorKind, number>> = {
  Gone: -32001,
  Denied: -32002,
  Unsupported: -32003,
  Invalid: -32602, // JSON-RPC's own "invalid params"
  NotAProcess: -32005,
  Invisible: -32006,
  ProgramChanged: -32007,
  Refused: -32009,
  Overlaps: -32011,
  Unguarded: -32012,
  Exhausted: -32008,
  Internal: -32603, // JSON-RPC's own "internal error"
};

/** `error.data` of every failed reply. */
export interface ErrorData {
  readonly kind: ErrorKind;
  /** `syscall ERRNO`, for the log and for "details". */
  readonly cause: string | null;
  readonly pid: number | null;
  /** `ProgramChanged`: what runs there now. `Denied`: whose it is. */
  readonly row: ProcessRow | null;
  /** `Exhausted`: the limit that was reached. */
  readonly limit: number | null;
}
