/** Time, as far as the views and the supervisor need it; tests bring their own. */
export interface Clock {
  now(): number;
  /** Calls `action` once after `ms`; the result takes it back. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
