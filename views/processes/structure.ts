import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import type { Filter } from './filter';
import type { ProcessTable, TableEntry } from './processTable';

export interface Choices {
  readonly filter: Filter | undefined;
  readonly kernelThreads: boolean;
  readonly otherUsers: boolean;
}

/** One shown row and its place. Immutable: a new structure is built for each change and compared with the last. */
export interface Node {
  readonly key: ProcessKey;
  readonly row: ProcessRow;
  readonly ended: boolean;
  readonly parent: ProcessKey | null;
  /** 0 for roots. */
  readonly depth: number;
  readonly children: readonly ProcessKey[];
}

export interface Structure {
  readonly nodes: ReadonlyMap<ProcessKey, Node>;
  readonly roots: readonly ProcessKey[];
  /** Living processes that the filter matches, of those that the switches let through. */
  readonly matched: number;
  readonly total: number;
}

export const emptyStructure: Structure = { nodes: new Map(), roots: [], matched: 0, total: 0 };

function isSwitchedOn(row: ProcessRow, choices: Choices, ownUid: number | null): boolean {
  if (row.kind === 'kernelThread') return choices.kernelThreads;
  return choices.otherUsers || row.uid === ownUid;
}

/** What is to be shown, parents above children. A row whose parent is not shown is a root. */
export function buildStructure(
  table: ProcessTable,
  choices: Choices,
  ownUid: number | null,
): Structure {
  const candidates = [...table.values()].filter(({ row }) => isSwitchedOn(row, choices, ownUid));
  const living = candidates.filter(({ endedAt }) => endedAt === null);
  const shown = shownEntries(candidates, choices.filter);
  const matched = choices.filter
    ? living.filter(({ row }) => choices.filter?.matches(row))
    : living;
  return { ...place(shown, table), matched: matched.length, total: living.length };
}

type Entries = ReadonlyMap<ProcessKey, TableEntry>;

/** With a filter: the matches and all their ancestors that the switches let through. */
function shownEntries(candidates: readonly TableEntry[], filter: Filter | undefined): Entries {
  const byKey = new Map(candidates.map((entry) => [entry.row.key, entry]));
  if (!filter) return byKey;
  const shown = new Map<ProcessKey, TableEntry>();
  for (const entry of candidates) {
    if (filter.matches(entry.row)) addWithAncestors(entry, byKey, shown);
  }
  return shown;
}

function addWithAncestors(
  from: TableEntry,
  candidates: Entries,
  shown: Map<ProcessKey, TableEntry>,
): void {
  let entry: TableEntry | undefined = from;
  // One that is shown already has brought its ancestors; this also ends a circle of bad data.
  while (entry && !shown.has(entry.row.key)) {
    shown.set(entry.row.key, entry);
    entry = entry.row.parentKey === null ? undefined : candidates.get(entry.row.parentKey);
  }
}

function place(shown: Entries, table: ProcessTable): Pick<Structure, 'nodes' | 'roots'> {
  const children = new Map<ProcessKey | null, TableEntry[]>();
  for (const entry of shown.values()) {
    const parent = shownParent(entry, shown);
    if (parent === null && isOrphanedRemnant(entry, table)) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(entry);
    else children.set(parent, [entry]);
  }
  return { roots: keysOf(children.get(null)), nodes: makeNodes(children) };
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
  children: ReadonlyMap<ProcessKey | null, TableEntry[]>,
): ReadonlyMap<ProcessKey, Node> {
  const nodes = new Map<ProcessKey, Node>();
  const open: { parent: ProcessKey | null; depth: number }[] = [{ parent: null, depth: 0 }];
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
