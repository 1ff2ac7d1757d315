/** What the window tells of a list when somebody presses Enter or clicks. */
export interface Told<T> {
  readonly ticked: readonly T[];
  /** The one that was clicked, or that the cursor is on. */
  readonly pointed: T | undefined;
  /** Also something that names a process was typed. */
  readonly isTyped: boolean;
  /** That, where the window cannot show it yet: whoever types is faster. */
  readonly early: T | undefined;
  /** False where the window may have meant another. */
  readonly isSure: (item: T) => boolean;
  readonly isSame: (one: T, other: T) => boolean;
}

/**
 * Those that are ticked, and what was typed; where nothing is, the one that was clicked or that the cursor is on.
 * Undefined where it cannot be known.
 */
export function meantItems<T>(told: Told<T>): readonly T[] | undefined {
  const { ticked, isTyped, isSure } = told;
  if (!ticked.every(isSure)) return undefined;
  if (ticked.length > 0 && !isTyped) return ticked;
  const pointed = meantByPointing(told);
  return pointed && [...ticked, ...pointed];
}

function meantByPointing<T>({ pointed, early, isSure, isSame }: Told<T>): T[] | undefined {
  if (pointed === undefined || !isSure(pointed)) {
    if (early !== undefined) return [early];
    return pointed === undefined ? [] : undefined;
  }
  // The cursor was on another that what was typed is found in: Enter is for the one, a click for the other.
  return early === undefined || isSame(pointed, early) ? [pointed] : undefined;
}
