import type { ProcessKey, ProcessRow, ProgramId } from '../../../native-host/protocol';

export const keyOf = (pid: number) => `${pid}:${pid + 1000}` as ProcessKey;

/** A row of user 1000 for a number; older numbers are older processes. */
export function row(
  pid: number,
  parent: number | null = null,
  more: Partial<ProcessRow> = {},
): ProcessRow {
  return {
    key: keyOf(pid),
    pid,
    ppid: parent ?? 0,
    parentKey: parent === null ? null : keyOf(parent),
    uid: 1000,
    user: 'me',
    state: 'S',
    startedAt: pid,
    comm: `name${pid}`,
    args: [],
    argsCut: false,
    exe: null,
    kind: 'native',
    program: 'p1' as ProgramId,
    ...more,
  };
}
