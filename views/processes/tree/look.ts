import type { ProcessRow } from '../../../native-host/protocol';
import { notableState } from '../../rowText';
import type { TableEntry } from '../processTable';

/** Whether two rows look the same. What is not drawn (sleeping or running, say) must not redraw anything. */
export function looksSame(a: TableEntry, b: TableEntry): boolean {
  return (a.endedAt === null) === (b.endedAt === null) && sameRow(a.row, b.row);
}

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
