import type { Target } from '../targets/model';
import type { WaitGroup, WaitOrder } from './waits';

/** A group of waits in storage: its members by the tokens that they had. */
export interface StoredGroup {
  readonly until: WaitOrder['until'];
  readonly limitMs: number | null;
  readonly deadline: number | null;
  readonly members: readonly string[];
}

export function storeGroup({ order, members, deadline }: WaitGroup): StoredGroup {
  const open = members.filter(({ isFinished }) => !isFinished).map(({ token }) => token);
  return { until: order.until, limitMs: order.limitMs ?? null, deadline, members: open };
}

/** Undefined for what is none of ours: another version's, or anybody's. */
export function readGroup(
  stored: unknown,
  targets: ReadonlyMap<string, Target>,
): WaitGroup | undefined {
  const { until, limitMs, deadline, members } = (stored ?? {}) as Record<string, unknown>;
  if (until !== 'each' && until !== 'any' && until !== 'all') return undefined;
  if (!isTime(limitMs) || !isTime(deadline) || !Array.isArray(members)) return undefined;
  const known = members.flatMap((token) => targets.get(String(token)) ?? []);
  return { order: { until, ...(limitMs !== null && { limitMs }) }, deadline, members: known };
}

const isTime = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isFinite(value));
