import type { ProcessKey, ProcessRow, ProcessUsage } from '../../native-host/protocol';
import { processName } from '../rowText';

export const orders = ['start', 'pid', 'name', 'cpu', 'memory'] as const;
export type Order = (typeof orders)[number];

/** Where a process stands among its siblings: by text, then by number, then the older one first. */
export interface Rank {
  readonly text: string;
  readonly number: number;
}

/** What is measured is ranked by what it was when siblings were last put in order, or they would never hold still. */
export type Measured = ReadonlyMap<ProcessKey, number>;

export const isMeasured = (order: Order): order is 'cpu' | 'memory' =>
  order === 'cpu' || order === 'memory';

/** Rounded: what changes less than a person would notice moves nothing. */
export function measureOf({ cpu, rss }: ProcessUsage, order: 'cpu' | 'memory'): number {
  return order === 'cpu' ? Math.round((cpu ?? 0) * 100) : Number(rss.toPrecision(2));
}

export function rankOf(row: ProcessRow, order: Order, measured: Measured): Rank {
  switch (order) {
    case 'start':
      return { text: '', number: row.startedAt ?? 0 };
    case 'pid':
      return { text: '', number: row.pid };
    case 'name':
      return { text: processName(row).toLowerCase(), number: 0 };
    case 'cpu':
    case 'memory':
      return { text: '', number: -(measured.get(row.key) ?? 0) };
  }
}
