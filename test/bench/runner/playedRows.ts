// A machine with 20,000 processes that are none: their rows, as a native host would tell them.
import type { ProcessKey, ProcessRow, ProgramId } from '../../../native-host/protocol';

const branches = 100;
const leaves = 199;

/** What two rows below each of the hundred are called: a filter for it leaves a hundredth. */
export const needle = 'needle';

const keyOf = (pid: number) => `${pid}:${pid + 100_000}` as ProcessKey;

function row(pid: number, parent: number, comm: string): ProcessRow {
  return {
    key: keyOf(pid),
    pid,
    ppid: parent,
    parentKey: parent === 0 ? null : keyOf(parent),
    uid: 0,
    user: 'root',
    state: 'S',
    startedAt: 1_700_000_000_000 + pid * 10,
    comm,
    args: [`/usr/bin/${comm}`, '--config', `/etc/${comm}/${pid}.conf`, '--verbose'],
    argsCut: false,
    exe: `/usr/bin/${comm}`,
    kind: 'native',
    program: `${pid}.1` as ProgramId,
  };
}

function branch(index: number): ProcessRow[] {
  const first = 2 + index * (leaves + 1);
  const below = Array.from({ length: leaves }, (_, i) =>
    row(first + 1 + i, first, i % 100 === 50 ? needle : `worker${i % 7}`),
  );
  return [row(first, 1, `service${index}`), ...below];
}

/** One, a hundred below it, and 199 below each of those. */
export const playedRows: readonly ProcessRow[] = [
  row(1, 0, 'init'),
  ...Array.from({ length: branches }, (_, index) => branch(index)).flat(),
];
