import type { Group, GroupKey } from '../grouping';
import type { Branch, NodeKey } from './branch';
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

  /** True where the group was there, and looked different. */
  note(group: Group): boolean {
    const known = this.all.get(group.key);
    if (!known) this.all.set(group.key, { group, count: 0 });
    if (!known || known.group === group) return false;
    const { label, detail } = known.group;
    known.group = group;
    this.renamed ||= label !== group.label;
    return label !== group.label || detail !== group.detail;
  }

  count(key: GroupKey, by: 1 | -1): void {
    const known = this.all.get(key);
    if (known) known.count += by;
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
}

function byName(a: Group, b: Group): number {
  return Number(a.isRest) - Number(b.isRest) || a.label.localeCompare(b.label);
}
