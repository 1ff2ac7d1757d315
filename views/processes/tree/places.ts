import { changeSiblings, sortSiblings, type Branch, type NodeKey } from './branch';

interface Moves {
  readonly gone: Set<Branch>;
  readonly come: Branch[];
}

const none: readonly Branch[] = [];

/** The siblings below each row, in order. Moves gather and are made at once, so that what moves twice costs one list. */
export class Places {
  private lists = new Map<NodeKey | null, readonly Branch[]>();
  private moves = new Map<NodeKey | null, Moves>();

  below(parent: NodeKey | null): readonly Branch[] {
    return this.lists.get(parent) ?? none;
  }

  leave(parent: NodeKey | null, branch: Branch): void {
    this.movesOf(parent).gone.add(branch);
  }

  enter(parent: NodeKey | null, branch: Branch): void {
    this.movesOf(parent).come.push(branch);
  }

  /** @returns the lists that are others than before, as they were */
  settle(): ReadonlyMap<NodeKey | null, readonly Branch[]> {
    const { moves } = this;
    this.moves = new Map();
    const before = new Map<NodeKey | null, readonly Branch[]>();
    for (const [parent, { gone, come }] of moves) {
      const [old, next] = [this.below(parent), changeSiblings(this.below(parent), gone, come)];
      if (next.length === 0) this.lists.delete(parent);
      else this.lists.set(parent, next);
      before.set(parent, old);
    }
    return before;
  }

  /** All lists at once. @returns those of before and those that are new, as they were */
  replace(
    lists: ReadonlyMap<NodeKey | null, Branch[]>,
  ): ReadonlyMap<NodeKey | null, readonly Branch[]> {
    const before = new Map(this.lists);
    for (const [parent, siblings] of lists) {
      sortSiblings(siblings);
      if (!before.has(parent)) before.set(parent, none);
    }
    this.lists = new Map(lists);
    return before;
  }

  private movesOf(parent: NodeKey | null): Moves {
    const moves = this.moves.get(parent) ?? { gone: new Set(), come: [] };
    this.moves.set(parent, moves);
    return moves;
  }
}
