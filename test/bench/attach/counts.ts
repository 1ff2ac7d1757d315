/** What the trials inside VS Code leave behind, in the file that PIDFD_ATTACH_COUNTS names. */
export interface Counts {
  /** Milliseconds inside our hooks, session by session. */
  readonly guardMs: readonly number[];
  readonly guarded: Tally;
  /** The same without the guard: what VS Code and the debugger do by themselves. */
  readonly peer: Tally;
  readonly jsDebug: JsDebugTally;
}

/** The built-in debugger for JavaScript, by number. */
export interface JsDebugTally {
  readonly trials: number;
  /** SIGUSR1 reached the impostor. */
  readonly signalled: number;
  /** It was on some program in the end, which cannot have been the one that was meant. */
  readonly attached: number;
}

export interface Tally {
  readonly trials: number;
  /** Attached to the impostor, and kept. */
  readonly wrong: number;
  /** Attached to the impostor or signalled him, however short. */
  readonly touched: number;
}
