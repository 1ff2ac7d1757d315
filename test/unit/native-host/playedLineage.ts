import type { ProcEvent } from '../../../native-host/kernel/procEvents';
import { Lineage } from '../../../native-host/tree/lineage';

export const fork = (parentPid: number, childPid: number): ProcEvent => ({
  kind: 'fork',
  parentPid,
  childPid,
});

/** News as the kernel queues it: delivered when it is asked for. */
export function played() {
  const queue: ProcEvent[] = [];
  let deliver: (event: ProcEvent) => void = () => undefined;
  const lineage = new Lineage((onEvent) => {
    deliver = onEvent;
    return {
      drain: () => queue.splice(0).forEach((event) => deliver(event)),
      [Symbol.dispose]: () => undefined,
    };
  });
  const numbers = () => lineage.descendants().map(([pid]) => pid);
  return { queue, lineage, numbers };
}
