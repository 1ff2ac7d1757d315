import type { QuickPick, QuickPickItem } from 'vscode';

/**
 * The rows of a quick pick, where they are replaced while it is open. VS Code numbers rows by their place, and what a
 * person does in the window names a row by that number alone (`_handlesToItems` in extHostQuickOpen.ts). What was on its
 * way while the list was replaced means a row of the list before, and is handed over as whoever has that place by now. So
 * until the window is known to have the newest list, only a row that has its place in all of them is sure.
 */
export class ShownList<T extends QuickPickItem> {
  /** Those that the window may still show, oldest first. */
  private readonly older: (readonly T[])[] = [];

  /** @param reachWindow settles once the window has what it was told before: `roundTrip` */
  constructor(
    private readonly quickPick: Pick<QuickPick<T>, 'items'>,
    private readonly isSame: (one: T, other: T) => boolean,
    private readonly reachWindow: () => PromiseLike<unknown>,
    private readonly onArrived: () => void = () => undefined,
  ) {}

  /** The window may not show the newest list yet. */
  get isOnItsWay(): boolean {
    return this.older.length > 0;
  }

  replace(items: readonly T[]): void {
    this.older.push(this.quickPick.items);
    this.quickPick.items = items;
    const arrived = () => {
      this.older.shift();
      if (!this.isOnItsWay) this.onArrived();
    };
    void this.reachWindow().then(arrived, arrived);
  }

  /** Whether it is who was meant in the window: a row that VS Code has just handed over. */
  isSure(item: T): boolean {
    return this.mayMean(item).every((other) => this.isSame(other, item));
  }

  /** Who else may have been meant: those at its place in lists before. A shorter list has nobody there to mean. */
  mayMean(item: T): readonly T[] {
    const place = this.quickPick.items.indexOf(item);
    return [item, ...this.older.flatMap((list) => list[place] ?? [])];
  }
}
