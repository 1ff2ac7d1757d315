import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Filter } from '../filter';
import type { Group, GroupKey, GroupOf } from '../grouping';
import type { Rank } from '../order';
import type { TableEntry } from '../processTable';
import { Branch, type NodeKey, type Place } from './branch';
import { Groups } from './groups';
import { Relations } from './relations';
import { looksSame } from './look';
import { Places } from './places';

/** What decides which processes are shown, where, and in which order. */
export interface Criteria {
  readonly filter: Filter | undefined;
  isOn(row: ProcessRow): boolean;
  readonly groupOf: GroupOf | undefined;
  rankOf(row: ProcessRow): Rank;
}

type Entries = readonly (readonly [ProcessKey, TableEntry | undefined])[];
type Lists = ReadonlyMap<NodeKey | null, readonly Branch[]>;

const fewEntries = 16;

export interface Changes {
  /** What looks different. */
  readonly rows: Set<NodeKey>;
  /** Below which rows others stand, or stand in another order; with what stood there before. */
  readonly lists: Lists;
  readonly groupsChanged: boolean;
}

/**
 * The tree of what is shown: parents above children, within their groups. A row whose parent is not shown, or is of
 * another group, is a root. An update costs what it changes, however many processes there are.
 */
export class Forest {
  private readonly relations = new Relations();
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
  update(entries: Entries, criteria: Criteria): Changes {
    this.criteria = criteria;
    const areMost = 2 * entries.length > Math.max(this.relations.size, fewEntries);
    const lists = areMost ? this.replant(entries) : this.follow(entries);
    const rows = this.changedRows;
    this.changedRows = new Set();
    return { rows, lists, groupsChanged: this.groups.settle(lists, this.places) };
  }

  keys(): IterableIterator<ProcessKey> {
    return this.relations.keys();
  }

  /** Groups, where there are any. */
  roots(most = Infinity): readonly NodeKey[] {
    return this.groups.keys.length > 0 ? this.groups.keys.slice(0, most) : this.below(null, most);
  }

  below(parent: NodeKey | null, most = Infinity): readonly NodeKey[] {
    return this.siblings(parent)
      .slice(0, most)
      .map(({ key }) => key);
  }

  siblings(parent: NodeKey | null): readonly Branch[] {
    return this.places.below(parent);
  }

  /** undefined when it is not in the tree. */
  branch(key: NodeKey): Branch | undefined {
    const branch = this.relations.get(key as ProcessKey);
    return branch?.place === undefined ? undefined : branch;
  }

  group(key: NodeKey): { readonly group: Group; readonly count: number } | undefined {
    return this.groups.get(key as GroupKey);
  }

  parentOf(key: NodeKey): NodeKey | null {
    return this.branch(key)?.place ?? null;
  }

  private follow(entries: Entries): Lists {
    for (const [key, entry] of entries) {
      if (entry) this.set(entry);
      else this.remove(key);
    }
    for (const branch of this.displaced) this.move(branch, this.placeOf(branch));
    this.displaced = new Set();
    return this.places.settle();
  }

  /** With most of them at once it is quicker to put everybody in a new place. */
  private replant(entries: Entries): Lists {
    for (const [key, entry] of entries) {
      if (entry) this.plant(entry);
      else this.uproot(key);
    }
    this.showAfresh();
    this.groups.startOver();
    const lists = new Map<NodeKey | null, Branch[]>();
    for (const branch of this.relations.values()) {
      branch.countedIn = undefined;
      branch.place = this.placeOf(branch);
      branch.isMisplaced = false;
      this.groups.recount(branch, branch.place, this.changedRows);
      if (branch.place !== undefined) addTo(lists, branch.place, branch);
    }
    return this.places.replace(lists);
  }

  private plant(entry: TableEntry): void {
    const known = this.relations.get(entry.row.key);
    const branch = known ?? new Branch(entry);
    if (!known) this.relations.add(branch);
    this.takeEntry(branch, entry);
    this.judge(branch);
  }

  private uproot(key: ProcessKey): void {
    const branch = this.relations.get(key);
    if (branch) this.relations.remove(branch);
  }

  /** What matches, and all that is above it. */
  private showAfresh(): void {
    this.total = this.matched = 0;
    for (const branch of this.relations.values()) {
      this.tally(branch, 1);
      branch.support = 0;
      branch.isShown = branch.matches;
    }
    for (const branch of this.relations.values()) if (branch.matches) this.showAbove(branch);
  }

  private showAbove(from: Branch): void {
    for (
      let branch = this.relations.supportable(from);
      branch;
      branch = this.relations.supportable(branch)
    ) {
      branch.support++;
      if (branch.isShown || !branch.isOn) return;
      branch.isShown = true;
    }
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
    const branch = this.relations.get(key);
    if (!branch) return;
    const supported = this.withdraw(branch);
    branch.isOn = branch.isShown = false;
    this.relations.remove(branch);
    this.displaceWithChildren(branch);
    this.reconsider(supported);
  }

  private branchFor(entry: TableEntry): Branch {
    const known = this.relations.get(entry.row.key);
    if (known) return known;
    const branch = new Branch(entry);
    this.relations.add(branch);
    this.recount(branch);
    return branch;
  }

  private takeEntry(branch: Branch, entry: TableEntry): void {
    this.relations.move(branch, entry.row.parentKey);
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
      const parent = this.relations.supportable(branch);
      branch.isShown = !branch.isShown;
      if (parent) parent.support += branch.isShown ? 1 : -1;
      this.displaceWithChildren(branch);
      branch = parent;
    }
  }

  private recount(branch: Branch): void {
    branch.support = 0;
    for (const child of this.relations.childrenOf(branch.key)) {
      if (this.supported(child) === branch) branch.support++;
    }
    this.displaceWithChildren(branch);
  }

  private displaceWithChildren(branch: Branch): void {
    this.displaced.add(branch);
    for (const child of this.relations.childrenOf(branch.key)) this.displaced.add(child);
  }

  private supported(branch: Branch): Branch | undefined {
    return branch.isShown ? this.relations.supportable(branch) : undefined;
  }

  private placeOf(branch: Branch): Place {
    if (!branch.isShown) return undefined;
    const parent = this.relations.supportable(branch);
    if (parent?.isShown) return parent.key;
    return this.isOrphanedRemnant(branch) ? undefined : (branch.group?.key ?? null);
  }

  /** An ended row whose parent has left the table would jump to the top for its last moments. */
  private isOrphanedRemnant(branch: Branch): boolean {
    return (
      !branch.isLiving &&
      branch.entry.row.parentKey !== null &&
      this.relations.parentOf(branch) === undefined
    );
  }

  private move(branch: Branch, to: Place): void {
    this.groups.recount(branch, to, this.changedRows);
    if (to === branch.place && !branch.isMisplaced) return;
    if (branch.place !== undefined) this.places.leave(branch.place, branch);
    if (to !== undefined) this.places.enter(to, branch);
    branch.place = to;
    branch.isMisplaced = false;
  }
}

function addTo(lists: Map<NodeKey | null, Branch[]>, to: NodeKey | null, branch: Branch): void {
  const list = lists.get(to);
  if (list) list.push(branch);
  else lists.set(to, [branch]);
}
