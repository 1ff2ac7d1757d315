import type { Branch, NodeKey } from './branch';
import type { Changes, Forest } from './forest';

/** The row that stands for the children of this one that are not given. */
export interface RestOf {
  readonly restOf: NodeKey | null;
}

/** What VS Code must ask for again: some rows (with all that is below them), everything, or nothing. */
export type Refresh = readonly (NodeKey | RestOf)[] | 'all' | 'nothing';

/** What VS Code has of the tree. */
export interface Given {
  /** It has asked for what is below this row. */
  hasFetched(parent: NodeKey | null): boolean;
  /** How many rows it is given below one. */
  limitOf(parent: NodeKey | null): number;
}

/** More rows than this in one fire cost more than their common parent does (facts: it is quadratic). */
const mostRows = 200;

/** The smallest refresh that turns what VS Code has into what should be on screen. */
export function planRefresh(changes: Changes, forest: Forest, given: Given): Refresh {
  const { relisted, rests } = compareLists(changes, forest, given);
  if (changes.groupsChanged || relisted.has(null))
    return given.hasFetched(null) ? 'all' : 'nothing';
  const isGiven = (key: NodeKey) => exists(key, forest) && given.hasFetched(forest.parentOf(key));
  const changed = new Set<NodeKey | null>(
    [...changes.rows, ...(relisted as Set<NodeKey>)].filter(isGiven),
  );
  const reach = new Reach(forest, changed);
  const top = [...(changed as Set<NodeKey>)].filter((key) => reach.isTop(key));
  const rows = rests.filter((parent) => given.hasFetched(parent) && reach.isUntouched(parent));
  if (top.length === 0 && rows.length === 0) return 'nothing';
  return top.length > mostRows
    ? commonParent(top, forest)
    : [...top, ...rows.map((restOf) => ({ restOf }))];
}

function exists(key: NodeKey, forest: Forest): boolean {
  return (forest.branch(key) ?? forest.group(key)) !== undefined;
}

/** Where other rows are given than before, and where only those changed that are not. */
function compareLists({ lists }: Changes, forest: Forest, given: Given) {
  const relisted = new Set<NodeKey | null>();
  const rests: (NodeKey | null)[] = [];
  for (const [parent, before] of lists) {
    const now = forest.siblings(parent);
    const limit = given.limitOf(parent);
    const sameRest = now.length > limit === before.length > limit;
    if (!sameRest || !sameStart(before, now, limit)) relisted.add(parent);
    else if (now.length !== before.length) rests.push(parent);
  }
  return { relisted, rests };
}

function sameStart(a: readonly Branch[], b: readonly Branch[], count: number): boolean {
  const [one, other] = [Math.min(a.length, count), Math.min(b.length, count)];
  if (one !== other) return false;
  for (let i = 0; i < one; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Which rows are refreshed already since one above them is. */
class Reach {
  /** Nothing above these is refreshed. */
  private readonly clear = new Set<NodeKey>();

  constructor(
    private readonly forest: Forest,
    private readonly changed: ReadonlySet<NodeKey | null>,
  ) {}

  isTop(key: NodeKey): boolean {
    return this.isUntouched(this.forest.parentOf(key));
  }

  /** False also for what cannot be reached from a root, because the host's data go round in a circle. */
  isUntouched(from: NodeKey | null): boolean {
    const path = new Set<NodeKey>();
    let at = from;
    while (at !== null && !this.clear.has(at)) {
      if (this.changed.has(at) || path.has(at)) return false;
      path.add(at);
      at = this.forest.parentOf(at);
    }
    for (const key of path) this.clear.add(key);
    return true;
  }
}

/** The lowest row that all of these are under. */
function commonParent(keys: readonly NodeKey[], forest: Forest): Refresh {
  const [first, ...rest] = keys.map((key) => pathTo(key, forest));
  let common = first ?? [];
  for (const path of rest) {
    const differs = common.findIndex((key, i) => key !== path[i]);
    if (differs >= 0) common = common.slice(0, differs);
  }
  const lowest = common.at(-1);
  return lowest === undefined ? 'all' : [lowest];
}

/** From the root down, without the row itself. */
function pathTo(key: NodeKey, forest: Forest): readonly NodeKey[] {
  const path: NodeKey[] = [];
  for (let at = forest.parentOf(key); at !== null; at = forest.parentOf(at)) path.push(at);
  return path.reverse();
}
