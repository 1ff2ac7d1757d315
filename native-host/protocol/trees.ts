/** Stopping a process with all that descends from it, and knowing who does. */
import type { ProcessKey, ProgramId, TargetToken } from './names.js';
import type { ProcessRow } from './row.js';
import type { SignalGuard } from './signals.js';

/** The whole tree: the root, its descendants at the start, and all that they create afterwards. */
export interface TreePreview {
  readonly rows: readonly ProcessRow[];
  readonly guards: readonly SignalGuard[];
  /** It is the foreground job of a terminal, which will say "Stopped" and take itself back. */
  readonly foreground: boolean;
}

export type TreeMemberOutcome =
  | 'ended' // after the first signal, within the time
  | 'killed' // by SIGKILL, after the time
  | 'gone' // before anything was sent
  | 'denied' // not permitted: another user's
  | 'leftStopped' // stopped by us, and another user's since: we were not permitted to continue it
  | 'survived'; // still there at the end (cancelled, or not permitted)

export interface TreeMember {
  readonly row: ProcessRow;
  readonly outcome: TreeMemberOutcome;
  /** The last one that was sent to it, by which it ended if it did; null: none was. */
  readonly signal: number | null;
  /** Milliseconds from the first freezing to its end, by a clock that nobody sets; null: still there, or gone before. */
  readonly endedAfterMs: number | null;
}

export interface TreeReport {
  /** In the order in which they were taken in; parents before children. */
  readonly members: readonly TreeMember[];
  /** Without the kernel's own news of forks some may have left the tree unseen. */
  readonly mayHaveEscaped: boolean;
  readonly cancelled: boolean;
}

/** What runs of a lineage that was followed. */
export interface LineageLeft {
  readonly rows: readonly ProcessRow[];
  /** Without the kernel's own news of forks, or where some of it was dropped, others may run unseen. */
  readonly mayHaveEscaped: boolean;
}

/** Send `signal`, then wait so long for the end. */
export interface SignalStep {
  readonly signal: number;
  readonly waitMs: number;
}

export type TreePhase = 'freezing' | 'waiting' | 'killing';

export interface TreeRequests {
  'tree/preview': { params: { key: ProcessKey }; result: TreePreview };
  /** Answers when it is over. `tree/progress` follows under the token until then. */
  'tree/stop': {
    params: {
      token: TargetToken;
      key: ProcessKey;
      program?: ProgramId;
      steps: readonly SignalStep[];
    };
    result: TreeReport;
  };
  /** Continues what was stopped, kills nobody any more; `tree/stop` answers with what has become of each. */
  'tree/cancel': { params: { token: TargetToken }; result: null };
  /** From now on its descendants are known, whoever becomes their parent. A token may have several roots. */
  'lineage/follow': { params: { token: TargetToken; key: ProcessKey; ours?: true }; result: null };
  /** Who of all that were followed still runs. */
  'lineage/left': { params: { token: TargetToken }; result: LineageLeft };
  /** Idempotent. */
  'lineage/forget': { params: { token: TargetToken }; result: null };
}

/** Host to client. */
export interface TreeNotifications {
  /** `added` were taken in since the last time, and are told before they are stopped. `left`: not ended yet. */
  'tree/progress': {
    token: TargetToken;
    phase: TreePhase;
    added: readonly ProcessRow[];
    left: number;
  };
}
