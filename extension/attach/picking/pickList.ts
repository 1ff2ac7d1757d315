import type { ProcessKind, ProcessRow } from '../../../native-host/protocol';
import { debuggerOf } from '../debuggers';
import type { PickArguments } from './pickArguments';
import type { PickFacts } from './pickFacts';
import type { RecentPrograms } from './recentPrograms';
import type { TypedProcess } from './typedProcess';

type Facts = Pick<PickFacts, 'of' | 'isIn' | 'isInNamespace'>;

export interface PickList {
  /** What was debugged lately, the last one first. */
  readonly recent: readonly ProcessRow[];
  /** All others, newest first. */
  readonly others: readonly ProcessRow[];
}

/** Which processes are offered, and in which order. Kernel threads cannot be debugged. Throws as the filter does. */
export function pickList(
  rows: readonly ProcessRow[],
  wanted: PickArguments,
  facts: Facts,
  recents: Pick<RecentPrograms, 'rank'>,
): PickList {
  const all = [...wantedOf(rows, wanted, facts)].sort(newestFirst);
  const rank = (row: ProcessRow) => recents.rank(row) ?? Infinity;
  const recent = all.filter((row) => rank(row) < Infinity).sort((a, b) => rank(a) - rank(b));
  return { recent, others: all.filter((row) => rank(row) === Infinity) };
}

/** It can only be said when that has been looked up. */
export function needsFacts({ filter, namespace, container }: PickArguments): boolean {
  const filtered = filter !== undefined && (filter.needs('cwd') || filter.needs('container'));
  return filtered || namespace !== undefined || container !== undefined;
}

/** Whom the kind of program decides about: it stands in the row by its name, and its executable may say otherwise. */
export function ofAnyKind(
  rows: readonly ProcessRow[],
  { debugger: type, ...wanted }: PickArguments,
  facts: Facts,
): readonly ProcessRow[] {
  if (type === undefined || debuggerOf(type)?.kinds.includes('native')) return [];
  return wantedOf(rows, wanted, facts);
}

export function isTyped(row: ProcessRow, typed: TypedProcess, facts: Facts): boolean {
  switch (typed.kind) {
    case 'pid':
      return row.pid === typed.pid;
    case 'key':
      return row.key === typed.key;
    case 'port':
      return facts.of(row).ports?.includes(typed.port) ?? false;
    case 'inside':
      return facts.of(row).nsPid === typed.nsPid && facts.isIn(row, typed.container);
  }
}

function wantedOf(
  rows: readonly ProcessRow[],
  wanted: PickArguments,
  facts: Facts,
): readonly ProcessRow[] {
  const some = rows.filter((row) => row.kind !== 'kernelThread' && isWanted(row, wanted, facts));
  return wanted.filter?.select(some, (row) => facts.of(row)) ?? some;
}

/** But for the filter, which is asked about all at once. */
function isWanted(row: ProcessRow, wanted: PickArguments, facts: Facts): boolean {
  const { user, namespace, container } = wanted;
  if (user !== undefined && row.user !== user && String(row.uid) !== user) return false;
  if (namespace !== undefined && !facts.isInNamespace(row, namespace)) return false;
  if (container !== undefined && !facts.isIn(row, container)) return false;
  return isOfKind(facts.of(row).kind ?? row.kind, wanted.debugger);
}

/** A container's first process may be of any kind, until that is known. */
function isOfKind(kind: ProcessKind, type: string | undefined): boolean {
  const one = type === undefined ? undefined : debuggerOf(type);
  return !one || kind === 'containerInit' || one.kinds.includes(kind);
}

/** Whether it is ptrace(2) by which it would be debugged: those that connect need no permission of the kernel. */
export function isTraced({ kind }: ProcessRow, type: string | undefined): boolean {
  const one = type === undefined ? undefined : debuggerOf(type);
  if (one) return one.proof === 'tracer' || one.proof === 'injection';
  return !connecting.includes(kind);
}

const connecting: readonly ProcessKind[] = ['node', 'java', 'ruby', 'dotnet'];

function newestFirst(a: ProcessRow, b: ProcessRow): number {
  return (b.startedAt ?? 0) - (a.startedAt ?? 0) || b.pid - a.pid;
}
