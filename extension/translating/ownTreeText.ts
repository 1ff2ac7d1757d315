import type { OwnTreeRow } from '../../native-host/protocol';
import { shownCommandLine } from '../../views/commandLine';
import { visible } from '../../views/escape';
import { l10n } from '../../views/l10n';

const width = 8;
/** Further in nobody can follow a line; without a bound the text grows with the square of the depth. */
const deepestIndent = 100;

/** The tree as lines: the number there, ours, and what runs, below its parent. */
export function ownTreeText(rows: readonly OwnTreeRow[], heading: string): string {
  const columns = [l10n.t('there'), l10n.t('here')].map((title) => title.padStart(width)).join('');
  const children = childrenOf(rows);
  const lines = walk(roots(rows), children);
  return [heading, '', `${columns}  ${l10n.t('process')}`, ...lines, ''].join('\n');
}

/** Those whose parent is not seen from in there. */
function roots(rows: readonly OwnTreeRow[]): OwnTreeRow[] {
  const known = new Set(rows.map(({ nsPid }) => nsPid));
  return byNumber(rows.filter(({ parentNsPid }) => !known.has(parentNsPid)));
}

type Children = ReadonlyMap<number, readonly OwnTreeRow[]>;

function childrenOf(rows: readonly OwnTreeRow[]): Children {
  const children = new Map<number, OwnTreeRow[]>();
  for (const row of byNumber(rows)) {
    const siblings = children.get(row.parentNsPid);
    if (siblings) siblings.push(row);
    else children.set(row.parentNsPid, [row]);
  }
  return children;
}

const byNumber = (rows: readonly OwnTreeRow[]) => [...rows].sort((a, b) => a.nsPid - b.nsPid);

/** By a list instead of recursion: processes can be nested deeper than our stack. */
function walk(from: readonly OwnTreeRow[], children: Children): string[] {
  const lines: string[] = [];
  const open = from.map((row) => ({ row, depth: 0 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { row, depth } = next;
    lines.push(line(row, Math.min(depth, deepestIndent)));
    const below = children.get(row.nsPid) ?? [];
    for (const child of [...below].reverse()) open.push({ row: child, depth: depth + 1 });
  }
  return lines;
}

/** Names and arguments are data: one line each, whatever they hold. */
function line({ nsPid, pid, comm, args, state }: OwnTreeRow, depth: number): string {
  const numbers = [nsPid, pid].map((number) => String(number).padStart(width)).join('');
  const shown = args.length > 0 ? shownCommandLine(args) : `[${visible(comm)}]`;
  const ended = state === 'Z' ? ` (${l10n.t('zombie')})` : '';
  return `${numbers}  ${'  '.repeat(depth)}${shown}${ended}`;
}
