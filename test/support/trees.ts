import { readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import type {
  SignalStep,
  TargetToken,
  TreeMemberOutcome,
  TreeReport,
} from '../../native-host/protocol';
import type { Actor } from './actor';
import { buildFixtures } from './buildFixtures';
import type { HostClient } from './hostClient';
import { procfs } from './procfs';

const { SIGTERM, SIGKILL } = constants.signals;

const token = 'tree' as TargetToken;

/** SIGTERM, and SIGKILL for those who do not listen. */
const gracefully: readonly SignalStep[] = [
  { signal: SIGTERM, waitMs: 1000 },
  { signal: SIGKILL, waitMs: 3000 },
];

async function stop(
  host: HostClient,
  { pid }: Pick<Actor, 'pid'>,
  steps = gracefully,
): Promise<TreeReport> {
  const { key } = await host.request('processes/find', { pid });
  return host.request('tree/stop', { token, key, steps });
}

/** What became of each, by number. */
const outcomes = (report: TreeReport): Map<number, TreeMemberOutcome> =>
  new Map(report.members.map(({ row, outcome }) => [row.pid, outcome]));

/** Numbers of the actors that run, and of whatever they made, but for `known` ones. */
function running(...known: readonly Actor[]): number[] {
  const { actor } = buildFixtures();
  return procfs.pids().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/exe`) === actor && !known.some((one) => one.pid === pid);
    } catch {
      return false; // a kernel thread, a zombie, or gone
    }
  });
}

const isStopped = (pid: number): boolean => procfs.stat(pid)?.state === 'T';

export const trees = { token, gracefully, stop, outcomes, running, isStopped };
