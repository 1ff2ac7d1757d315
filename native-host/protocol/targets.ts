/** Processes that are held until they end. */
import type { ProcessKey, TargetToken, UnknownReason } from './names.js';
import type { ProcessRow } from './row.js';

export type ExitStatus =
  | { readonly kind: 'exited'; readonly code: number }
  /** `coreDumped` is null where the kernel does not tell. */
  | { readonly kind: 'signaled'; readonly signal: number; readonly coreDumped: boolean | null }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** Where a status came from; weaker sources are used only where better ones are missing. */
export type ExitSource = 'pidfd' | 'connector' | 'zombie' | 'none';

export interface TargetRequests {
  /** Holds a pidfd until release; `target/exited` and `target/reaped` follow, never before the reply. */
  'target/hold': { params: { token: TargetToken; key: ProcessKey }; result: { row: ProcessRow } };
  /** Idempotent: a token that is not held is no error. */
  'target/release': { params: { token: TargetToken }; result: null };
}

/** Host to client. */
export interface TargetNotifications {
  /** Dead, not yet collected by its parent: the status may still be unknown. `parent` is who must collect it. */
  'target/exited': {
    token: TargetToken;
    at: number;
    parent: { pid: number; comm: string } | null;
  };
  /** Collected. The pidfd is closed and the token free before this is sent. */
  'target/reaped': { token: TargetToken; at: number; status: ExitStatus; source: ExitSource };
}
