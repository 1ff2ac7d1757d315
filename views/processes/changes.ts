import type { ProcessRow } from '../../native-host/protocol';
import { notableState } from '../rowText';
import type { Node, NodeKey, Structure } from './structure';

/** What VS Code must ask for again: some rows (with all that is below them), everything, or nothing. */
export type Refresh = readonly NodeKey[] | 'all' | 'nothing';

/** More rows than this in one fire cost more than their common parent does (facts: it is quadratic). */
const mostRows = 200;

/** The smallest refresh that turns what is on screen into what should be. */
export function compareStructures(before: Structure, after: Structure): Refresh {
  if (!sameKeys(before.roots, after.roots)) return 'all';
  const changed = new Set<NodeKey>();
  for (const node of after.nodes.values()) {
    const old = before.nodes.get(node.key);
    // A row that was not there before comes with its parent, whose children changed.
    if (old && !sameNode(old, node)) changed.add(node.key);
  }
  const top = [...changed].filter((key) => !hasAncestorIn(changed, key, after));
  if (top.length === 0) return 'nothing';
  return top.length <= mostRows ? top : commonParent(top, after);
}

function sameNode(a: Node, b: Node): boolean {
  if ('group' in a || 'group' in b) return sameGroup(a, b);
  return a.ended === b.ended && sameKeys(a.children, b.children) && sameRow(a.row, b.row);
}

function sameGroup(a: Node, b: Node): boolean {
  if (!('group' in a && 'group' in b)) return false;
  const sameText = a.group.label === b.group.label && a.group.detail === b.group.detail;
  return sameText && a.count === b.count && sameKeys(a.children, b.children);
}

function sameKeys(a: readonly NodeKey[], b: readonly NodeKey[]): boolean {
  return a === b || (a.length === b.length && a.every((key, i) => key === b[i]));
}

/** Whether two rows look the same. What is not drawn (sleeping or running, say) must not redraw anything. */
function sameRow(a: ProcessRow, b: ProcessRow): boolean {
  if (a === b) return true;
  return (
    a.comm === b.comm &&
    a.exe === b.exe &&
    a.uid === b.uid &&
    a.user === b.user &&
    a.kind === b.kind &&
    (a.parentKey === null) === (b.parentKey === null) &&
    notableState(a.state) === notableState(b.state) &&
    sameArguments(a, b)
  );
}

function sameArguments(a: ProcessRow, b: ProcessRow): boolean {
  return a.args.length === b.args.length && a.args.every((arg, i) => arg === b.args[i]);
}

function parentOf(key: NodeKey, { nodes }: Structure): NodeKey | null {
  return nodes.get(key)?.parent ?? null;
}

function hasAncestorIn(keys: ReadonlySet<NodeKey>, key: NodeKey, structure: Structure): boolean {
  let at = parentOf(key, structure);
  while (at !== null && !keys.has(at)) at = parentOf(at, structure);
  return at !== null;
}

/** The lowest row that all of these are under. */
function commonParent(keys: readonly NodeKey[], structure: Structure): Refresh {
  const [first, ...rest] = keys.map((key) => pathTo(key, structure));
  let common = first ?? [];
  for (const path of rest) {
    const differs = common.findIndex((key, i) => key !== path[i]);
    if (differs >= 0) common = common.slice(0, differs);
  }
  const lowest = common.at(-1);
  return lowest === undefined ? 'all' : [lowest];
}

/** From the root down, without the row itself. */
function pathTo(key: NodeKey, structure: Structure): readonly NodeKey[] {
  const path: NodeKey[] = [];
  for (let at = parentOf(key, structure); at !== null; at = parentOf(at, structure))
    path.unshift(at);
  return path;
}
