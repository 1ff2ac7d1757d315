/**
 * A thread that reads what many processes run, while the native host's own thread reads what else there is of them. It
 * may wait for another process' memory lock, as cmdline does, and nobody waits with it: see table/crowdHelper.ts.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { argsLimit, argsText } from './procfs/args.js';
import { readExe } from './procfs/exe.js';
import { orNull, ProcRoot } from './procfs/procRoot.js';
import { isInit } from './procfs/programFacts.js';
import type { CrowdPrograms, CrowdQuestion, CrowdWork } from './table/crowdHelper.js';

const { done } = workerData as CrowdWork;
const root = ProcRoot.open();

function readPrograms(pids: readonly number[]): CrowdPrograms {
  const programs = { exes: [], commands: [], cuts: [] } as CrowdPrograms;
  for (const pid of pids) {
    const bytes = root.tryRead(`${pid}/cmdline`)?.subarray(0, argsLimit);
    programs.commands.push(bytes ? argsText(bytes) : null);
    programs.cuts.push(bytes?.length === argsLimit);
    programs.exes.push(orNull(() => readExe(root, pid))?.path ?? null);
    Atomics.add(done, 0, 1);
  }
  return programs;
}

function findInits(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    Atomics.add(done, 0, 1);
    return isInit(root, pid);
  });
}

parentPort?.on('message', (question: CrowdQuestion | null) => {
  if (question) {
    const { about, pids } = question;
    const answer = about === 'programs' ? readPrograms(pids) : findInits(pids);
    return parentPort?.postMessage(JSON.stringify(answer)); // a clone of so many texts takes ten times as long to take in
  }
  root[Symbol.dispose]();
  parentPort?.close();
});
