/** What is known of a list when somebody presses Enter or clicks. */
export interface Told<T> {
  readonly ticked: readonly T[];
  /** Somebody was ticked and it is not known who. */
  readonly isTickLost: boolean;
  /** The row that was clicked or that the cursor is on: one, or several while that is not sure. */
  readonly pointed: readonly T[];
  /** What names a process was typed; its row is under the cursor. */
  readonly isTyped: boolean;
  /** Typed just now: the window cannot show its row yet. */
  readonly early: T | undefined;
  /** A click ticks only, so it was Enter. */
  readonly takesSeveral: boolean;
  readonly isSame: (one: T, other: T) => boolean;
}

/**
 * Those that are ticked, and what was typed; where nothing is, the one that was clicked or that the cursor is on.
 * Undefined where it cannot be known.
 */
export function meantItems<T>(told: Told<T>): readonly T[] | undefined {
  const { ticked, isTyped } = told;
  if (told.isTickLost) return undefined;
  if (ticked.length > 0 && !isTyped) return ticked;
  const pointed = told.early === undefined ? onlyOne(told) : earlyOne(told, told.early);
  return pointed && [...ticked, ...pointed];
}

function onlyOne<T>({ pointed, isSame }: Told<T>): readonly T[] | undefined {
  const [first, ...others] = pointed;
  if (first === undefined) return [];
  return others.every((other) => isSame(first, other)) ? [first] : undefined;
}

/** Enter is for what was typed, if the cursor may have been there. On another row it may have been a click on that. */
function earlyOne<T>(told: Told<T>, early: T): readonly T[] | undefined {
  const { pointed, takesSeveral, isSame } = told;
  const isEnter = takesSeveral || pointed.length === 0;
  return isEnter || pointed.some((item) => isSame(item, early)) ? [early] : undefined;
}
