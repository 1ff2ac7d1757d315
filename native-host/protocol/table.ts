/** The live table of processes. */
import type { ProcessKey } from './names.js';
import type { ProcessRow } from './row.js';

/** `noNews`: the kernel tells us nothing here. `silence`: it has ceased to. */
export type ScanReason = 'noNews' | 'silence';

/**
 * How fresh the table is while somebody is subscribed. `events`: the kernel tells what happens, and it is known some
 * milliseconds later, but for states, which are looked at in turn. `scan`: everything is read again after so long:
 * the sooner, the more happens.
 */
export type TableMode =
  | { readonly kind: 'events' }
  | {
      readonly kind: 'scan';
      readonly shortestMs: number;
      readonly longestMs: number;
      readonly reason: ScanReason;
    };

export interface TableSnapshot {
  readonly rows: readonly ProcessRow[];
  readonly mode: TableMode;
}

/** A recycled number is a removed row and an added row, never a changed one. */
export interface TableDelta {
  readonly added: readonly ProcessRow[];
  readonly changed: readonly ProcessRow[];
  readonly removed: readonly ProcessKey[];
  /** Only where it is another one from now on. */
  readonly mode?: TableMode;
}

export interface TableRequests {
  /**
   * Starts the table and gives all rows; `processes/delta` follows until unsubscribed. The first one may be there before
   * the client has come to look at the rows, as it may be read from the pipe with the reply: it is still about them.
   */
  'processes/subscribe': { params: null; result: TableSnapshot };
  'processes/unsubscribe': { params: null; result: null };
  /** Scans now, whatever the interval. The deltas are sent before the reply. */
  'processes/refresh': { params: null; result: null };
  /** One scan without a subscription: for pickers. */
  'processes/list': { params: null; result: TableSnapshot };
}

/** Host to client. */
export interface TableNotifications {
  'processes/delta': TableDelta;
}
