import type { Grouping } from './grouping';
import type { Order } from './order';

/** What a person chose to see; stored as it is. */
export interface StoredChoices {
  readonly filter: string;
  readonly kernelThreads: boolean;
  readonly otherUsers: boolean;
  readonly grouping: Grouping;
  readonly order: Order;
  /** Of processes in PID namespaces below ours: the number there first. */
  readonly namespaceNumbers: boolean;
  /** What processes use, on their rows. */
  readonly figures: boolean;
}

export const defaultChoices: StoredChoices = {
  filter: '',
  kernelThreads: false,
  otherUsers: true,
  grouping: 'parent',
  order: 'start',
  namespaceNumbers: false,
  figures: true,
};
