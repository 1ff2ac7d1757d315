/** Time, as far as the views and the supervisor need it; tests bring their own. */
export interface Clock {
  /** What clocks on walls show. It can be set meanwhile: for showing, and for comparing with what else shows it. */
  now(): number;
  /** Counts on whatever is set, from the boot of the machine: for how long something takes. */
  elapsed(): number;
  /** Calls `action` once after `ms`; the result takes it back. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => Number(process.hrtime.bigint() / 1_000_000n), // CLOCK_MONOTONIC, uv_hrtime
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
