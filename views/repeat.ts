import type { Clock } from './clock';

/** Calls `action` each `ms`, by a timer at a time: tests step from one to the next. The result ends it. */
export function repeat(clock: Clock, ms: number, action: () => void): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(ms, () => {
      action();
      next();
    });
  };
  next();
  return () => cancel();
}
