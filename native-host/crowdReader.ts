/**
 * A thread that reads what many processes run, while the native host's own thread reads what else there is of them. It
 * may wait for another process' memory lock, as cmdline does, and nobody waits with it: see table/crowdHelper.ts.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { argsLimit, parseArgs } from './procfs/args.js';
import { readProgramFacts } from './procfs/programFacts.js';
import { ProcRoot } from './procfs/procRoot.js';
import type { CrowdFacts, CrowdWork } from './table/crowdHelper.js';

const { done } = workerData as CrowdWork;
const root = ProcRoot.open();

function read(pid: number): CrowdFacts {
  const facts = readProgramFacts(root, pid);
  const bytes = root.tryRead(`${pid}/cmdline`)?.subarray(0, argsLimit);
  Atomics.add(done, 0, 1);
  return { ...facts, args: bytes ? parseArgs(bytes, argsLimit) : null };
}

parentPort?.on('message', (pids: readonly number[] | null) => {
  if (pids) return parentPort?.postMessage(pids.map(read));
  root[Symbol.dispose]();
  parentPort?.close();
});
