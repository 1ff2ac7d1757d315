/**
 * What a person has ticked in a list that is replaced while it is open. A new list takes all ticks away and brings those
 * that were known when it was sent; what is ticked and unticked meanwhile is told by places of the list before. It is
 * added up here, and set again when the list has come.
 */
export class Ticks<T> {
  private items: readonly T[] = [];
  /** What came with the newest list, and what the window told last. */
  private sent: readonly T[] = [];
  private told: readonly T[] = [];
  private lost = false;

  constructor(private readonly isSame: (one: T, other: T) => boolean) {}

  get all(): readonly T[] {
    return this.items;
  }

  /** Somebody was ticked and it is not known who. */
  get isLost(): boolean {
    return this.lost;
  }

  /** These come with a list that is on its way now. */
  send(items: readonly T[]): void {
    this.items = this.sent = this.told = items;
  }

  /** Told while no list is on its way: so it is. */
  know(items: readonly T[]): void {
    if (!this.areSame(items, this.items)) this.lost = false; // whoever was lost is not waited for
    this.items = this.told = items;
  }

  /** Told while a list is on its way. */
  hear(items: readonly T[], isSure: (item: T) => boolean): void {
    const before = this.told;
    const isSent = before.length === 0 && this.areSame(items, this.sent); // the window has taken the list
    if (!isSent && !items.every(isSure)) {
      this.lost ||= items.length > before.length;
      return;
    }
    this.told = items;
    // With no ticks at all the window takes a list. That the last one was unticked looks the same.
    if (isSent || items.length === 0) return;
    const removed = this.without(before, items);
    const added = this.without(items, before);
    this.items = [...this.without(this.without(this.items, removed), added), ...added];
  }

  /** It was refused: whoever was ticked may be ticked again. */
  forgive(): void {
    this.lost = false;
  }

  areSame(some: readonly T[], others: readonly T[]): boolean {
    return some.length === others.length && this.without(some, others).length === 0;
  }

  private without(some: readonly T[], others: readonly T[]): readonly T[] {
    return some.filter((item) => !others.some((other) => this.isSame(item, other)));
  }
}
