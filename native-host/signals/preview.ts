/** What a signal would do to a process, read before it is sent. */
import type { PidFd } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { hasEnded, parseSignalMasks, type SignalMasks } from '../procfs/status.js';
import type { ProcessRow, SignalEffect } from '../protocol.js';
import { defaultAction, inMask, maxSignal, SIGCONT, SIGKILL, SIGSTOP } from './signalTable.js';

export interface Foresight {
  readonly effect: (signal: number) => SignalEffect;
  readonly pending: readonly number[];
}

export const allSignals = Array.from({ length: maxSignal }, (_, index) => index + 1);

const unknown: Foresight = { effect: () => 'unknown', pending: [] };

/**
 * Dispositions are the process', blocking is each thread's: blocked is what no thread would take, or that one where only
 * one is meant.
 */
export function foresee(
  process: PidFd,
  row: ProcessRow,
  root: ProcRoot | null,
  thread: number | null = null,
): Foresight {
  const masks = root && process.whileAlive((pid) => threadMasks(root, pid, thread));
  const [first] = masks ?? [];
  if (!masks || !first || row.state === 'Z') return unknown;
  const waiting = masks.reduce((all, one) => all | one.pending, first.sharedPending);
  const blocked = masks.reduce((all, one) => all & one.blocked, first.blocked);
  return {
    effect: (signal) => effectOf(row, first, blocked, signal),
    pending: allSignals.filter((signal) => inMask(waiting, signal)),
  };
}

function effectOf(
  row: ProcessRow,
  { ignored, caught }: SignalMasks,
  blocked: bigint,
  signal: number,
): SignalEffect {
  const init = row.pid === 1 || row.kind === 'containerInit';
  if (row.kind === 'kernelThread') return 'ignored';
  // From its own namespace number 1 takes only what it handles; from outside SIGKILL and SIGSTOP work as well.
  if (signal === SIGKILL || signal === SIGSTOP) {
    return row.pid === 1 ? 'initIgnores' : defaultAction(signal);
  }
  if (signal === SIGCONT) return 'continue'; // resumes even where it is blocked or ignored
  if (inMask(ignored, signal)) return 'ignored';
  if (inMask(blocked, signal)) return 'blocked';
  if (inMask(caught, signal)) return 'handled';
  return init ? 'initIgnores' : defaultAction(signal);
}

/** What a thread that has exited would block matters no more; the first one stays until all have. */
const isDead = (status: Buffer) => hasEnded(status.toString('latin1'));

/** Of all living threads. Read by number, for the length of one bound look. */
function threadMasks(root: ProcRoot, pid: number, thread: number | null): SignalMasks[] {
  const tids = thread === null ? root.tryNumbers(`${pid}/task`) : [thread];
  const paths = tids.map((tid) => `${pid}/task/${tid}/status`);
  return paths.flatMap((path) => {
    const bytes = root.tryRead(path);
    return (bytes && !isDead(bytes) && parseSignalMasks(bytes)) || [];
  });
}
