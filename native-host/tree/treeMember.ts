import type { PidFd } from '../process/pidFd.js';
import type { ProcessRow, TreeMemberOutcome } from '../protocol.js';

/** One process of a tree that is being stopped, held from the moment it was taken in. */
export interface TreeMember {
  readonly process: PidFd;
  readonly row: ProcessRow;
  /** We stopped it, so we must continue it. */
  stopped: boolean;
  /** When this freezing came to it; null: not yet. */
  since: number | null;
  /** Frozen, and its children have been taken in. */
  settled: boolean;
  ended: boolean;
  /** What it felt of us. */
  outcome: TreeMemberOutcome;
}

export function newMember(process: PidFd, row: ProcessRow): TreeMember {
  const flags = { stopped: false, settled: false, ended: false };
  return { process, row, since: null, ...flags, outcome: 'survived' };
}
