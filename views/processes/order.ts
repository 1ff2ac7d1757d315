import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import { processName } from '../rowText';

export const orders = ['start', 'pid', 'name'] as const;
export type Order = (typeof orders)[number];

/** Where a process stands among its siblings: by text, then by number, then the older one first. */
export interface Rank {
  readonly text: string;
  readonly number: number;
}

/** What is measured is ranked by what it was when siblings were last put in order, or they would never hold still. */
export type Measured = ReadonlyMap<ProcessKey, number>;

export function rankOf(row: ProcessRow, order: Order): Rank {
  switch (order) {
    case 'start':
      return { text: '', number: row.startedAt ?? 0 };
    case 'pid':
      return { text: '', number: row.pid };
    case 'name':
      return { text: processName(row).toLowerCase(), number: 0 };
  }
}
