import type { OwnTreeRow } from '../../native-host/protocol';
import { shownCommandLine } from '../../views/commandLine';
import { visible } from '../../views/escape';
import { l10n } from '../../views/l10n';

const width = 8;

/** The tree as lines: the number there, ours, and what runs, below its parent. */
export function ownTreeText(rows: readonly OwnTreeRow[], heading: string): string {
  const columns = [l10n.t('there'), l10n.t('here')].map((title) => title.padStart(width)).join('');
  const children = childrenOf(rows);
  const lines = roots(rows).flatMap((row) => branch(row, children, 0));
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

function branch(row: OwnTreeRow, children: Children, depth: number): string[] {
  const below = children.get(row.nsPid) ?? [];
  return [line(row, depth), ...below.flatMap((child) => branch(child, children, depth + 1))];
}

/** Names and arguments are data: one line each, whatever they hold. */
function line({ nsPid, pid, comm, args, state }: OwnTreeRow, depth: number): string {
  const numbers = [nsPid, pid].map((number) => String(number).padStart(width)).join('');
  const shown = args.length > 0 ? shownCommandLine(args) : `[${visible(comm)}]`;
  const ended = state === 'Z' ? ` (${l10n.t('zombie')})` : '';
  return `${numbers}  ${'  '.repeat(depth)}${shown}${ended}`;
}
