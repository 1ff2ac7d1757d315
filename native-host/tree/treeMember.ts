import type { PidFd } from '../process/pidFd.js';
import type { ProcessRow, TreeMember as ReportedMember, TreeMemberOutcome } from '../protocol.js';

/** One process of a tree that is being stopped, held from the moment it was taken in. */
export interface TreeMember {
  readonly process: PidFd;
  readonly row: ProcessRow;
  /** We stopped it, so we must continue it. Still true after that: we were not permitted to any more. */
  stopped: boolean;
  /** When this freezing came to it; null: not yet. */
  since: number | null;
  /** Frozen, and its children have been taken in. */
  settled: boolean;
  /** Settled with one thread, so it cannot have another until it goes on. */
  alone: boolean;
  ended: boolean;
  /** By the clock of `performance.now()`. */
  endedAt: number | null;
  /** What it felt of us. */
  outcome: TreeMemberOutcome;
  /** The last signal that it got, those for holding it still apart. */
  signal: number | null;
}

export function newMember(process: PidFd, row: ProcessRow): TreeMember {
  const flags = { stopped: false, settled: false, alone: false, ended: false };
  const unknown = { since: null, endedAt: null, signal: null };
  return { process, row, ...unknown, ...flags, outcome: 'survived' };
}

/** As it is told. */
export function reportMember(member: TreeMember, begunAt: number): ReportedMember {
  const { row, signal, endedAt } = member;
  const ended = signal !== null && endedAt !== null;
  const endedAfterMs = ended ? Math.max(0, Math.round(endedAt - begunAt)) : null;
  return { row, outcome: outcomeOf(member), signal, endedAfterMs };
}

function outcomeOf({ outcome, ended, stopped }: TreeMember): TreeMemberOutcome {
  if (!ended && stopped) return 'leftStopped';
  if (outcome === 'denied') return outcome;
  if (!ended) return 'survived';
  return outcome === 'survived' ? 'gone' : outcome; // before it felt anything of us
}
