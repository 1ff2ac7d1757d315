import type { ProcessKey, ProcessUsage } from '../../../native-host/protocol';

/** Of a process at rest. */
export const usage = (key: ProcessKey, more: Partial<ProcessUsage> = {}): ProcessUsage => ({
  key,
  cpu: 0,
  rss: 2 ** 20,
  threads: 1,
  io: { value: { read: 0, written: 0 } },
  ...more,
});
