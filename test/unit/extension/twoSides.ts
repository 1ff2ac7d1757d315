import assert from 'node:assert/strict';
import type { PickerItem } from '../../../extension/attach/picking/pickerItems';
import { Emitter } from '../../../views/emitter';

/**
 * VS Code's extension host, and its window, which hears of a new list only with `takesList`. The window names rows by
 * their places, and those are looked up in the list that was given last.
 */
export class TwoSides {
  activeItems: readonly PickerItem[] = [];
  items: readonly PickerItem[] = [];
  private readonly selection = new Emitter<readonly PickerItem[]>();
  readonly onDidChangeSelection = this.selection.event;
  private selected: readonly PickerItem[] = [];
  private shown: readonly PickerItem[] = [];
  private shownTicks: readonly PickerItem[] = [];
  private coming: readonly PickerItem[] = [];
  private readonly trips: (() => void)[] = [];

  constructor(readonly canSelectMany: boolean) {}

  readonly reach = (): Promise<void> => new Promise((resolve) => this.trips.push(resolve));

  get selectedItems(): readonly PickerItem[] {
    return this.selected;
  }

  set selectedItems(items: readonly PickerItem[]) {
    this.selected = items;
    if (this.trips.length > 0) this.coming = items;
    else if (this.canSelectMany) this.tell(items);
  }

  /** As VS Code does: all ticks go, and those that came with the list are set. */
  async takesList(): Promise<void> {
    const { coming, shownTicks } = this;
    this.shown = this.items;
    this.coming = [];
    if (shownTicks.length > 0) this.tell([]);
    if (coming.length > 0) this.tell(coming);
    for (const arrive of this.trips.splice(0)) arrive();
    await new Promise(setImmediate);
  }

  /** Until there is nothing new. */
  async takesAll(): Promise<void> {
    while (this.trips.length > 0) await this.takesList();
  }

  /** A person ticks or unticks. */
  toggle(pid: number): void {
    const row = this.rowOf(pid);
    const others = this.shownTicks.filter((one) => one !== row);
    this.tell(others.length < this.shownTicks.length ? others : [...others, row]);
  }

  /** A person clicks on a row, or is on it with the cursor and presses Enter: without boxes, that tells the row first. */
  point(pid: number): void {
    const there = this.items[this.shown.indexOf(this.rowOf(pid))];
    const told = there ? [there] : [];
    if (this.canSelectMany) this.activeItems = told;
    else this.selected = told;
  }

  get ticked(): number[] {
    return this.shownTicks.map(pidOf);
  }

  private tell(ticked: readonly PickerItem[]): void {
    this.shownTicks = ticked;
    this.selected = ticked.flatMap((one) => this.items[this.shown.indexOf(one)] ?? []);
    this.selection.fire(this.selected);
  }

  private rowOf(pid: number): PickerItem {
    return this.shown.find((item) => pidOf(item) === pid) ?? assert.fail(`no row of ${pid}`);
  }
}

/** 0: no row of a process. */
export const pidOf = ({ choice }: PickerItem): number =>
  choice && 'row' in choice ? choice.row.pid : 0;
