import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Filter } from '../filter';
import type { Group, GroupKey, GroupOf } from '../grouping';
import type { Rank } from '../order';
import type { TableEntry } from '../processTable';
import { Branch, type NodeKey, type Place } from './branch';
import { Groups } from './groups';
import { Kin } from './kin';
import { looksSame } from './look';
import { Places } from './places';

/** What decides which processes are shown, where, and in which order. */
export interface Criteria {
  readonly filter: Filter | undefined;
  isOn(row: ProcessRow): boolean;
  readonly groupOf: GroupOf | undefined;
  rankOf(row: ProcessRow): Rank;
}

export interface Changes {
  /** What looks different. */
  readonly rows: Set<NodeKey>;
  /** Below which rows others stand, or stand in another order; with what stood there before. */
  readonly lists: ReadonlyMap<NodeKey | null, readonly Branch[]>;
  readonly groupsChanged: boolean;
}

/**
 * The tree of what is shown: parents above children, within their groups. A row whose parent is not shown, or is of
 * another group, is a root. An update costs what it changes, however many processes there are.
 */
export class Forest {
  private readonly branches = new Map<ProcessKey, Branch>();
  private readonly kin = new Kin();
  private readonly groups = new Groups();
  private readonly places = new Places();
  private criteria!: Criteria;
  /** Those whose place may be another one by now. */
  private displaced = new Set<Branch>();
  private changedRows = new Set<NodeKey>();
  /** Living processes that the filter matches, of those that the switches let through. */
  matched = 0;
  total = 0;

  /** @param entries undefined for those that are gone */
  update(
    entries: Iterable<readonly [ProcessKey, TableEntry | undefined]>,
    criteria: Criteria,
  ): Changes {
    this.criteria = criteria;
    for (const [key, entry] of entries) {
      if (entry) this.set(entry);
      else this.remove(key);
    }
    for (const branch of this.displaced) this.move(branch, this.placeOf(branch));
    this.displaced = new Set();
    const rows = this.changedRows;
    this.changedRows = new Set();
    const lists = this.places.settle();
    return { rows, lists, groupsChanged: this.groups.settle(lists, this.places) };
  }

  keys(): IterableIterator<ProcessKey> {
    return this.branches.keys();
  }

  /** Groups, where there are any. */
  roots(): readonly NodeKey[] {
    return this.groups.keys.length > 0 ? this.groups.keys : this.below(null);
  }

  below(parent: NodeKey | null): readonly NodeKey[] {
    return this.siblings(parent).map(({ key }) => key);
  }

  siblings(parent: NodeKey | null): readonly Branch[] {
    return this.places.below(parent);
  }

  /** undefined when it is not in the tree. */
  branch(key: NodeKey): Branch | undefined {
    const branch = this.branches.get(key as ProcessKey);
    return branch?.place === undefined ? undefined : branch;
  }

  group(key: NodeKey): { readonly group: Group; readonly count: number } | undefined {
    return this.groups.get(key as GroupKey);
  }

  parentOf(key: NodeKey): NodeKey | null {
    return this.branch(key)?.place ?? null;
  }

  private set(entry: TableEntry): void {
    const branch = this.branchFor(entry);
    const supported = this.withdraw(branch);
    const { isShown, group } = branch;
    this.takeEntry(branch, entry);
    this.judge(branch);
    if (branch.group?.key !== group?.key) this.recount(branch);
    branch.isShown = this.shouldShow(branch);
    if (branch.isShown !== isShown) this.displaceWithChildren(branch);
    this.displaced.add(branch);
    this.reconsider(supported);
    this.reconsider(this.contribute(branch));
  }

  private remove(key: ProcessKey): void {
    const branch = this.branches.get(key);
    if (!branch) return;
    const supported = this.withdraw(branch);
    branch.isOn = branch.isShown = false;
    this.kin.remove(branch.entry.row.parentKey, branch);
    this.branches.delete(key);
    this.displaceWithChildren(branch);
    this.reconsider(supported);
  }

  private branchFor(entry: TableEntry): Branch {
    const known = this.branches.get(entry.row.key);
    if (known) return known;
    const branch = new Branch(entry);
    this.branches.set(entry.row.key, branch);
    this.kin.add(entry.row.parentKey, branch);
    this.recount(branch);
    return branch;
  }

  private takeEntry(branch: Branch, entry: TableEntry): void {
    const [from, to] = [branch.entry.row.parentKey, entry.row.parentKey];
    if (from !== to) {
      this.kin.remove(from, branch);
      this.kin.add(to, branch);
    }
    if (!looksSame(branch.entry, entry)) this.changedRows.add(branch.key);
    branch.entry = entry;
  }

  private judge(branch: Branch): void {
    const { row } = branch.entry;
    const { filter, groupOf } = this.criteria;
    branch.isOn = this.criteria.isOn(row);
    branch.matches = branch.isOn && (filter?.matches(row) ?? true);
    branch.group = branch.isOn ? groupOf?.(row) : undefined;
    const rank = this.criteria.rankOf(row);
    const { text, number } = branch.rank;
    branch.isMisplaced ||= rank.text !== text || rank.number !== number;
    branch.rank = rank;
  }

  private shouldShow({ isOn, matches, support }: Branch): boolean {
    return isOn && (matches || support > 0);
  }

  /** Takes it out of all counts. @returns whom it kept shown */
  private withdraw(branch: Branch): Branch | undefined {
    this.tally(branch, -1);
    const supported = this.supported(branch);
    if (supported) supported.support--;
    return supported;
  }

  private contribute(branch: Branch): Branch | undefined {
    this.tally(branch, 1);
    const supported = this.supported(branch);
    if (supported) supported.support++;
    return supported;
  }

  private tally({ isOn, isLiving, matches }: Branch, by: 1 | -1): void {
    if (!isOn || !isLiving) return;
    this.total += by;
    if (matches) this.matched += by;
  }

  /** Up to the root, by a loop: processes can be nested deeper than our stack. */
  private reconsider(from: Branch | undefined): void {
    for (let branch = from; branch && branch.isShown !== this.shouldShow(branch);) {
      const parent = this.supportable(branch);
      branch.isShown = !branch.isShown;
      if (parent) parent.support += branch.isShown ? 1 : -1;
      this.displaceWithChildren(branch);
      branch = parent;
    }
  }

  private recount(branch: Branch): void {
    branch.support = 0;
    for (const child of this.kin.of(branch.key)) {
      if (this.supported(child) === branch) branch.support++;
    }
    this.displaceWithChildren(branch);
  }

  private displaceWithChildren(branch: Branch): void {
    this.displaced.add(branch);
    for (const child of this.kin.of(branch.key)) this.displaced.add(child);
  }

  private supported(branch: Branch): Branch | undefined {
    return branch.isShown ? this.supportable(branch) : undefined;
  }

  /** Its parent where both are of one group. */
  private supportable(branch: Branch): Branch | undefined {
    const parent = this.parentBranch(branch);
    return parent?.group?.key === branch.group?.key ? parent : undefined;
  }

  private parentBranch({ entry: { row } }: Branch): Branch | undefined {
    return row.parentKey === null ? undefined : this.branches.get(row.parentKey);
  }

  private placeOf(branch: Branch): Place {
    if (!branch.isShown) return undefined;
    const parent = this.supportable(branch);
    if (parent?.isShown) return parent.key;
    return this.isOrphanedRemnant(branch) ? undefined : (branch.group?.key ?? null);
  }

  /** An ended row whose parent has left the table would jump to the top for its last moments. */
  private isOrphanedRemnant(branch: Branch): boolean {
    return (
      !branch.isLiving &&
      branch.entry.row.parentKey !== null &&
      this.parentBranch(branch) === undefined
    );
  }

  private move(branch: Branch, to: Place): void {
    this.countInGroup(branch, to);
    if (to === branch.place && !branch.isMisplaced) return;
    if (branch.place !== undefined) this.places.leave(branch.place, branch);
    if (to !== undefined) this.places.enter(to, branch);
    branch.place = to;
    branch.isMisplaced = false;
  }

  private countInGroup(branch: Branch, to: Place): void {
    const group = to === undefined ? undefined : branch.group;
    if (group && this.groups.note(group)) this.changedRows.add(group.key);
    const counted = branch.isLiving ? group?.key : undefined;
    if (counted === branch.countedIn) return;
    for (const [key, by] of [
      [branch.countedIn, -1],
      [counted, 1],
    ] as const) {
      if (key === undefined) continue;
      this.groups.count(key, by);
      this.changedRows.add(key);
    }
    branch.countedIn = counted;
  }
}
