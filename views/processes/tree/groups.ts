import type { Group, GroupKey } from '../grouping';
import type { Branch, NodeKey, Place } from './branch';
import type { Places } from './places';

interface Counted {
  group: Group;
  count: number;
}

/** The groups of the tree, and how many living processes each has. */
export class Groups {
  private readonly all = new Map<GroupKey, Counted>();
  private sorted: readonly GroupKey[] = [];
  private renamed = false;

  /** By name, and last what is in none of them. */
  get keys(): readonly GroupKey[] {
    return this.sorted;
  }

  get(key: GroupKey): Readonly<Counted> | undefined {
    return this.all.get(key);
  }

  /** Everybody is about to be counted anew. */
  startOver(): void {
    for (const known of this.all.values()) known.count = 0;
  }

  /** Counts one process in the group that it stands in now. @param changed gets the groups that look different */
  recount(branch: Branch, place: Place, changed: Set<NodeKey>): void {
    const group = place === undefined ? undefined : branch.group;
    if (group && this.note(group)) changed.add(group.key);
    const counted = branch.isLiving ? group?.key : undefined;
    if (counted === branch.countedIn) return;
    this.count(branch.countedIn, -1, changed);
    this.count(counted, 1, changed);
    branch.countedIn = counted;
  }

  /** Forgets those that are empty now. True when others are to be shown than before, or in another order. */
  settle(lists: ReadonlyMap<NodeKey | null, readonly Branch[]>, places: Places): boolean {
    let changed = this.renamed;
    this.renamed = false;
    for (const [key, before] of lists) {
      if (!this.all.has(key as GroupKey)) continue;
      const isEmpty = places.below(key).length === 0;
      if (isEmpty) this.all.delete(key as GroupKey);
      changed ||= isEmpty || before.length === 0;
    }
    if (changed)
      this.sorted = [...this.all.values()]
        .map(({ group }) => group)
        .sort(byName)
        .map(({ key }) => key);
    return changed;
  }

  /** True where the group was there, and looked different. */
  private note(group: Group): boolean {
    const known = this.all.get(group.key);
    if (!known) this.all.set(group.key, { group, count: 0 });
    if (!known || known.group === group) return false;
    const { label, detail } = known.group;
    known.group = group;
    this.renamed ||= label !== group.label;
    return label !== group.label || detail !== group.detail;
  }

  private count(key: GroupKey | undefined, by: 1 | -1, changed: Set<NodeKey>): void {
    const known = key === undefined ? undefined : this.all.get(key);
    if (!known) return;
    known.count += by;
    changed.add(known.group.key);
  }
}

function byName(a: Group, b: Group): number {
  return Number(a.isRest) - Number(b.isRest) || a.label.localeCompare(b.label);
}
