// One target in a thread of its own, so that a hang or an allocation without bounds ends the thread and not the run.
import { parentPort, workerData } from 'node:worker_threads';
import { check } from './check';
import type { Assignment } from './inThread';
import { targets } from './targets';

const { name, runs, seed, counter } = workerData as Assignment;
const count = new Int32Array(counter);
const target = targets.find((one) => one.name === name);
if (!target) throw new Error(`no target ${name}`);

void check(target, runs, seed, () => Atomics.add(count, 0, 1)).then((checked) =>
  parentPort?.postMessage(checked),
);
