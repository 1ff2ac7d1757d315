import type { Group, GroupKey } from '../grouping';
import type { Rank } from '../order';
import type { TableEntry } from '../processTable';
import type { ProcessKey } from '../../../native-host/protocol';

export type NodeKey = ProcessKey | GroupKey;

/** Below which row it stands: null for none, it is a root; undefined when it is not in the tree. */
export type Place = NodeKey | null | undefined;

/** One process and what the tree knows of it, shown or not. Only the forest changes it. */
export class Branch {
  /** The switches let it through. */
  isOn = false;
  matches = false;
  group: Group | undefined;
  rank: Rank = { text: '', number: 0 };
  /** How many children of its group are shown: a filter keeps the ancestors of what it matches. */
  support = 0;
  isShown = false;
  place: Place;
  /** The group that counts it. */
  countedIn: GroupKey | undefined;
  /** Its rank is another than when it was put in its place. */
  isMisplaced = false;

  constructor(public entry: TableEntry) {}

  get key(): ProcessKey {
    return this.entry.row.key;
  }

  get isLiving(): boolean {
    return this.entry.endedAt === null;
  }
}

function compare(a: Branch, b: Branch): number {
  if (a.rank.text !== b.rank.text) return a.rank.text < b.rank.text ? -1 : 1;
  const [one, other] = [a.entry.row, b.entry.row];
  const older = (one.startedAt ?? 0) - (other.startedAt ?? 0);
  return a.rank.number - b.rank.number || older || one.pid - other.pid;
}

export function sortSiblings(siblings: Branch[]): void {
  siblings.sort(compare);
}

/** Above this many at once sorting is quicker than putting each in its place. */
const fewSiblings = 16;

/** The list without some and with others, in order. */
export function changeSiblings(
  siblings: readonly Branch[],
  gone: ReadonlySet<Branch>,
  come: readonly Branch[],
): readonly Branch[] {
  const kept = gone.size > 0 ? siblings.filter((each) => !gone.has(each)) : [...siblings];
  if (come.length > fewSiblings) return kept.concat(come).sort(compare);
  for (const each of come) kept.splice(placeFor(each, kept), 0, each);
  return kept;
}

function placeFor(branch: Branch, siblings: readonly Branch[]): number {
  let [low, high] = [0, siblings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(siblings[middle] as Branch, branch) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
