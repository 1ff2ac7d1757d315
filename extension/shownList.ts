import * as vscode from 'vscode';

/**
 * The rows of a quick pick, where they are replaced while it is open. VS Code numbers rows by their place, and what a
 * person does in the window names a row by that number alone (`_handlesToItems` in extHostQuickOpen.ts). What was on its
 * way while the list was replaced means a row of the list before, and is handed over as whoever has that place by now. So
 * until the window is known to have the newest list, only a row that has the same place in all is sure.
 */
export class ShownList<T extends vscode.QuickPickItem> {
  /** Those that the window may still show, oldest first. */
  private readonly older: (readonly T[])[] = [];

  constructor(
    private readonly quickPick: Pick<vscode.QuickPick<T>, 'items'>,
    private readonly isSame: (one: T, other: T) => boolean,
    private readonly onArrived: () => void = () => undefined,
    private readonly reachWindow: () => PromiseLike<unknown> = roundTrip,
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
    const place = this.quickPick.items.indexOf(item);
    return this.older.every((list) => {
      const other = list[place];
      return other === undefined || this.isSame(other, item);
    });
  }
}

/**
 * Settles once the window has all that it was told before, and what it told before that has come. VS Code sends a new list
 * at the end of the turn, and everything in order.
 */
async function roundTrip(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await vscode.commands.executeCommand('setContext', 'pidfd.listed', true);
}
