import type { NextMode } from '../protocol.js';

/** How long a child may take between fork and exec before it counts as one that stays what its parent is. */
export const settleMs = 100;

/** Numbers as they are told: whoever opens one must look what it runs. */
export interface ExecListener {
  exec(pid: number): void;
  /** Forked a while ago, and still runs its parent's program. */
  forked(pid: number): void;
  /** Some news was dropped. */
  lost(): void;
}

/** Tells who begins to run a program, from its construction on. */
export interface ExecSource extends Disposable {
  readonly mode: NextMode;
}
