import type { PidFd } from '../process/pidFd.js';
import type { ProcessRow, TreeMemberOutcome } from '../protocol.js';

/** One process of a tree that is being stopped, held from the moment it was taken in. */
export interface TreeMember {
  readonly process: PidFd;
  readonly row: ProcessRow;
  /** We stopped it, so we must continue it. */
  stopped: boolean;
  /** Frozen, and its children have been taken in. */
  settled: boolean;
  ended: boolean;
  /** What it felt of us. */
  outcome: TreeMemberOutcome;
}

export function newMember(process: PidFd, row: ProcessRow): TreeMember {
  return { process, row, stopped: false, settled: false, ended: false, outcome: 'survived' };
}
