import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import type { Filter } from './filter';
import type { Group, GroupKey, GroupOf } from './grouping';
import type { ProcessTable, TableEntry } from './processTable';

export interface Choices {
  readonly filter: Filter | undefined;
  readonly kernelThreads: boolean;
  readonly otherUsers: boolean;
}

export type NodeKey = ProcessKey | GroupKey;

/** One shown process and its place. Immutable: each change builds a new structure, which is compared with the last. */
export interface ProcessNode {
  readonly key: ProcessKey;
  readonly row: ProcessRow;
  readonly ended: boolean;
  readonly parent: NodeKey | null;
  /** 0 for roots. */
  readonly depth: number;
  readonly children: readonly ProcessKey[];
}

export interface GroupNode {
  readonly key: GroupKey;
  readonly group: Group;
  /** Of living processes, however deep below it. */
  readonly count: number;
  readonly parent: null;
  readonly children: readonly ProcessKey[];
}

export type Node = ProcessNode | GroupNode;

export interface Structure {
  readonly nodes: ReadonlyMap<NodeKey, Node>;
  readonly roots: readonly NodeKey[];
  /** Living processes that the filter matches, of those that the switches let through. */
  readonly matched: number;
  readonly total: number;
}

export const emptyStructure: Structure = { nodes: new Map(), roots: [], matched: 0, total: 0 };

function isSwitchedOn(row: ProcessRow, choices: Choices, ownUid: number | null): boolean {
  if (row.kind === 'kernelThread') return choices.kernelThreads;
  return choices.otherUsers || row.uid === ownUid;
}

/** What is to be shown, parents above children. A row whose parent is not shown, or is of another group, is a root. */
export function buildStructure(
  table: ProcessTable,
  choices: Choices,
  ownUid: number | null,
  groupOf?: GroupOf,
): Structure {
  const candidates = [...table.values()].filter(({ row }) => isSwitchedOn(row, choices, ownUid));
  const living = candidates.filter(({ endedAt }) => endedAt === null);
  const shown = shownEntries(candidates, choices.filter, groupOf);
  const matched = choices.filter
    ? living.filter(({ row }) => choices.filter?.matches(row))
    : living;
  return { ...place(shown, table, groupOf), matched: matched.length, total: living.length };
}

type Entries = ReadonlyMap<ProcessKey, TableEntry>;

/** With a filter: the matches and all their ancestors that the switches let through and that are of their group. */
function shownEntries(
  candidates: readonly TableEntry[],
  filter: Filter | undefined,
  groupOf: GroupOf | undefined,
): Entries {
  const byKey = new Map(candidates.map((entry) => [entry.row.key, entry]));
  if (!filter) return byKey;
  const shown = new Map<ProcessKey, TableEntry>();
  for (const entry of candidates) {
    if (filter.matches(entry.row)) addWithAncestors(entry, byKey, shown, groupOf);
  }
  return shown;
}

function addWithAncestors(
  from: TableEntry,
  candidates: Entries,
  shown: Map<ProcessKey, TableEntry>,
  groupOf: GroupOf | undefined,
): void {
  const group = groupOf?.(from.row).key;
  let entry: TableEntry | undefined = from;
  // One that is shown already has brought its ancestors; this also ends a circle of bad data.
  while (entry && !shown.has(entry.row.key) && groupOf?.(entry.row).key === group) {
    shown.set(entry.row.key, entry);
    entry = entry.row.parentKey === null ? undefined : candidates.get(entry.row.parentKey);
  }
}

type Children = ReadonlyMap<NodeKey | null, TableEntry[]>;

function place(
  shown: Entries,
  table: ProcessTable,
  groupOf: GroupOf | undefined,
): Pick<Structure, 'nodes' | 'roots'> {
  const groups = groupOf && groupEntries(shown, groupOf);
  const children = new Map<NodeKey | null, TableEntry[]>();
  for (const entry of shown.values()) {
    const parent = shownParent(entry, shown);
    if (parent === null && isOrphanedRemnant(entry, table)) continue;
    add(children, groups ? parentInGroup(entry, parent, groups) : parent, entry);
  }
  if (groups) return placeGroups(children, groups);
  return { roots: keysOf(children.get(null)), nodes: makeNodes(children, [null]) };
}

function add(children: Map<NodeKey | null, TableEntry[]>, to: NodeKey | null, entry: TableEntry) {
  const siblings = children.get(to);
  if (siblings) siblings.push(entry);
  else children.set(to, [entry]);
}

type Groups = ReadonlyMap<ProcessKey, Group>;

const groupEntries = (shown: Entries, groupOf: GroupOf): Groups =>
  new Map([...shown.values()].map(({ row }) => [row.key, groupOf(row)]));

/** Its parent where both are of one group, else the group itself. */
function parentInGroup(
  { row }: TableEntry,
  parent: ProcessKey | null,
  groups: Groups,
): NodeKey | null {
  const own = groups.get(row.key)?.key ?? null;
  return parent !== null && groups.get(parent)?.key === own ? parent : own;
}

function placeGroups(children: Children, groups: Groups): Pick<Structure, 'nodes' | 'roots'> {
  const counts = countLiving(children, groups);
  const sorted = [...new Map([...groups.values()].map((group) => [group.key, group])).values()]
    .filter(({ key }) => children.has(key))
    .sort(byName);
  const roots = sorted.map(({ key }) => key);
  const nodes = new Map<NodeKey, Node>(makeNodes(children, roots));
  for (const group of sorted) {
    const { key } = group;
    const below = keysOf(children.get(key));
    nodes.set(key, { key, group, count: counts.get(key) ?? 0, parent: null, children: below });
  }
  return { roots, nodes };
}

function countLiving(children: Children, groups: Groups): ReadonlyMap<GroupKey, number> {
  const counts = new Map<GroupKey, number>();
  for (const { row, endedAt } of [...children.values()].flat()) {
    const key = endedAt === null ? groups.get(row.key)?.key : undefined;
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function byName(a: Group, b: Group): number {
  return Number(a.isRest) - Number(b.isRest) || a.label.localeCompare(b.label);
}

function shownParent({ row }: TableEntry, shown: Entries): ProcessKey | null {
  return row.parentKey !== null && shown.has(row.parentKey) ? row.parentKey : null;
}

/** An ended row whose parent has left the table would jump to the top for its last moments. */
function isOrphanedRemnant({ row, endedAt }: TableEntry, table: ProcessTable): boolean {
  return endedAt !== null && row.parentKey !== null && !table.get(row.parentKey);
}

/** Oldest first: an order that no later change can shuffle. */
function byAge(a: TableEntry, b: TableEntry): number {
  return (a.row.startedAt ?? 0) - (b.row.startedAt ?? 0) || a.row.pid - b.row.pid;
}

function keysOf(entries: TableEntry[] | undefined): readonly ProcessKey[] {
  return (entries ?? []).sort(byAge).map(({ row }) => row.key);
}

/** From the roots down, by a list instead of recursion: processes can be nested deeper than our stack. */
function makeNodes(
  children: Children,
  from: readonly (NodeKey | null)[],
): ReadonlyMap<NodeKey, Node> {
  const nodes = new Map<NodeKey, Node>();
  const open = from.map((parent) => ({ parent, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { parent, depth } = next;
    for (const { row, endedAt } of children.get(parent) ?? []) {
      const { key } = row;
      const below = keysOf(children.get(key));
      nodes.set(key, { key, row, ended: endedAt !== null, parent, depth, children: below });
      if (below.length > 0) open.push({ parent: key, depth: depth + 1 });
    }
  }
  return nodes;
}
