import type { Disposable, QuickPick } from 'vscode';
import { ShownList } from '../../quickPicks/shownList';
import { meantItems } from './meantItems';
import type { PickerItem } from './pickerItems';
import { pickerLook } from './pickerLook';
import { isAmong, isSame, keyOf } from './sameItem';
import { Ticks } from './ticks';

export interface PickerContent {
  /** What was typed exactly comes first, and is what Enter takes. */
  readonly typed: readonly PickerItem[];
  readonly others: readonly PickerItem[];
}

type Box = Pick<
  QuickPick<PickerItem>,
  'items' | 'activeItems' | 'selectedItems' | 'canSelectMany' | 'onDidChangeSelection'
>;

/** The list in the window: what stands there, what is ticked and under the cursor, and whom a person means. */
export class PickerBox implements Disposable {
  private readonly list: ShownList<PickerItem>;
  private readonly ticks = new Ticks(isSame);
  private readonly listening: Disposable;
  private content: PickerContent = { typed: [], others: [] };
  private drawn = '';
  /** The content changed while a list was on its way. */
  private isLate = false;
  /** Somebody types, and the window does not show it yet. */
  private isTyping = false;
  private isOver = false;

  /** @param reachWindow `roundTrip` */
  constructor(
    private readonly quickPick: Box,
    reachWindow: () => PromiseLike<unknown>,
  ) {
    this.list = new ShownList(quickPick, isSame, reachWindow, () => this.catchUp());
    this.listening = quickPick.onDidChangeSelection((ticked) => this.hear(ticked));
  }

  /** What is under the cursor is known only while no list is on its way, so it is shown when that has come. */
  show(content: PickerContent, isTyping = false): void {
    const [before] = this.content.typed;
    const isFound = before !== undefined && keyOf(before) === undefined; // what was typed before the list was there
    this.content = content;
    this.isTyping ||= isTyping || isFound;
    if (this.list.isOnItsWay) this.isLate = true;
    else this.showNow();
  }

  /** When somebody has pressed Enter or clicked. Undefined when it cannot be known who was meant. */
  meant(): readonly PickerItem[] | undefined {
    const { content, ticks } = this;
    const meant = meantItems({
      ticked: ticks.all,
      isTickLost: ticks.isLost,
      pointed: this.pointed(),
      isTyped: content.typed.length > 0,
      early: this.isTyping ? content.typed[0] : undefined,
      takesSeveral: this.quickPick.canSelectMany,
      isSame,
    });
    if (!meant) this.refuse();
    return meant;
  }

  dispose(): void {
    this.isOver = true;
    this.listening.dispose();
  }

  /** Enter and a click send the row that they are for; where rows have boxes, they send none, and the cursor counts. */
  private pointed(): readonly PickerItem[] {
    const { canSelectMany, activeItems, selectedItems } = this.quickPick;
    const [item] = canSelectMany ? activeItems : selectedItems;
    return item ? this.list.mayMean(item) : [];
  }

  private refuse(): void {
    this.ticks.forgive();
    if (!this.quickPick.canSelectMany) this.quickPick.selectedItems = []; // or a second click on it would not be told
  }

  private hear(ticked: readonly PickerItem[]): void {
    if (!this.quickPick.canSelectMany) return;
    if (this.list.isOnItsWay) this.ticks.hear(ticked, (item) => this.list.isSure(item));
    else this.ticks.know(ticked);
  }

  private catchUp(): void {
    if (this.isOver) return;
    if (!this.isLate) this.isTyping = false;
    this.showNow();
  }

  private showNow(): void {
    const { quickPick, content, ticks } = this;
    this.isLate = false;
    const all = arranged(content, ticks.all);
    const look = pickerLook(all);
    if (look === this.drawn) return this.showTicks(); // what stands there stays as it is under the cursor
    this.drawn = look;
    const [active] = quickPick.activeItems;
    this.list.replace(all);
    this.sendTicks();
    const still = all.find((item) => active && isSame(item, active));
    const [typed] = all.slice(0, content.typed.length);
    const stays = this.isTyping ? (typed ?? still) : (still ?? typed);
    if (stays) quickPick.activeItems = [stays];
  }

  /** Nothing was to be drawn, and nothing is on its way. */
  private showTicks(): void {
    this.isTyping = false;
    const { canSelectMany, selectedItems } = this.quickPick;
    if (canSelectMany && !this.ticks.areSame(selectedItems, this.ticks.all)) this.sendTicks();
  }

  private sendTicks(): void {
    const { quickPick, ticks } = this;
    if (!quickPick.canSelectMany) return;
    const ticked = quickPick.items.filter((item) => isAmong(item, ticks.all));
    ticks.send(ticked);
    if (ticked.length > 0 || quickPick.selectedItems.length > 0) quickPick.selectedItems = ticked;
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
