import * as vscode from 'vscode';
import { ShownList } from '../../shownList';
import { meantItems } from './meantItems';
import type { PickerItem } from './pickerItems';
import { pickerLook } from './pickerLook';
import { isAmong, isSame, keyOf } from './sameItem';

export interface PickerContent {
  /** What was typed exactly comes first, and is what Enter takes. */
  readonly typed: readonly PickerItem[];
  readonly others: readonly PickerItem[];
}

/** The list in the window: what stands there, what is ticked and under the cursor, and whom a person means. */
export class PickerBox implements vscode.Disposable {
  readonly quickPick = vscode.window.createQuickPick<PickerItem>();
  private readonly list = new ShownList(this.quickPick, isSame, () => this.catchUp());
  private content: PickerContent = { typed: [], others: [] };
  private drawn = '';
  /** The content changed while a list was on its way. */
  private isLate = false;
  /** Ticked while a list was on its way, which takes such ticks away. */
  private tickedLate: readonly PickerItem[] = [];
  private isOver = false;

  constructor(private readonly takesSeveral: boolean) {
    const { quickPick } = this;
    quickPick.canSelectMany = takesSeveral;
    quickPick.matchOnDescription = true;
    quickPick.matchOnDetail = true;
    quickPick.keepScrollPosition = true;
    quickPick.onDidChangeSelection((ticked) => this.noteTicks(ticked));
  }

  /** What is ticked, and under the cursor, is known only while no list is on its way. */
  show(content: PickerContent): void {
    this.content = content;
    if (this.list.isOnItsWay) this.isLate = true;
    else this.showNow();
  }

  /** When somebody has pressed Enter or clicked. Undefined when it cannot be known who was meant. */
  meant(): readonly PickerItem[] | undefined {
    const { quickPick, list, content } = this;
    // That tells first which row it was for; where rows are ticked, only the cursor tells.
    const [pointed] = this.takesSeveral ? quickPick.activeItems : quickPick.selectedItems;
    const meant = meantItems({
      ticked: this.ticked(),
      pointed,
      isTyped: content.typed.length > 0,
      early: list.isOnItsWay ? content.typed[0] : undefined,
      isSure: (item) => list.isSure(item),
      isSame,
    });
    if (!meant && !this.takesSeveral) quickPick.selectedItems = []; // or a second click on it would not be told
    return meant;
  }

  dispose(): void {
    this.isOver = true;
    this.quickPick.dispose();
  }

  private ticked(): readonly PickerItem[] {
    return this.takesSeveral ? this.quickPick.selectedItems : [];
  }

  private noteTicks(ticked: readonly PickerItem[]): void {
    if (!this.takesSeveral || !this.list.isOnItsWay) return;
    this.tickedLate = [...this.tickedLate, ...ticked.filter((item) => this.list.isSure(item))];
  }

  private catchUp(): void {
    if (this.isOver) return;
    const ticked = this.ticked();
    this.tickedLate = this.tickedLate.filter((item) => !isAmong(item, ticked));
    if (this.isLate || this.tickedLate.length > 0) this.showNow();
  }

  private showNow(): void {
    const { quickPick, content } = this;
    const active = keyOf(quickPick.activeItems[0]);
    const ticked = [...this.ticked(), ...this.tickedLate];
    this.isLate = false;
    this.tickedLate = [];
    const all = arranged(content, ticked);
    const look = pickerLook(all);
    if (look === this.drawn) return; // what stands there stays as it is under the cursor
    this.drawn = look;
    this.list.replace(all);
    if (ticked.length > 0) quickPick.selectedItems = all.filter((item) => isAmong(item, ticked));
    const still = all.find((item) => keyOf(item) === active && active !== undefined);
    const stays = content.typed.length > 0 ? all[0] : still;
    if (stays) quickPick.activeItems = [stays];
  }
}

/** What is ticked stays, whatever is searched for, and where it is: so that few rows change their places. */
function arranged({ typed, others }: PickerContent, ticked: readonly PickerItem[]): PickerItem[] {
  const listed = others.filter((item) => !isAmong(item, typed));
  const marked = listed.map((item) => (isAmong(item, ticked) ? shownAlways(item) : item));
  const unlisted = ticked.filter((item) => !isAmong(item, [...typed, ...listed]));
  return [...typed.map(shownAlways), ...marked, ...unlisted.map(shownAlways)];
}

const shownAlways = (item: PickerItem): PickerItem => ({ ...item, alwaysShow: true });
