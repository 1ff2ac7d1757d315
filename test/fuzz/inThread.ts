import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Checked } from './check';
import type { Target } from './target';

export interface Assignment {
  readonly name: string;
  readonly runs: number;
  readonly seed: number;
  /** One number that grows with each run, to be seen from outside a thread that hangs. */
  readonly counter: SharedArrayBuffer;
}

const hungAfterMs = 30_000;
const lookEachMs = 1_000;
const mostMegabytes = 512;

/** Runs a target in a thread; one that hangs, ends or grows beyond its bound has failed. */
export function checkInThread(target: Target, runs: number, seed: number): Promise<Checked> {
  const counter = new SharedArrayBuffer(4);
  const assignment: Assignment = { name: target.name, runs, seed, counter };
  const worker = new Worker(path.join(__dirname, 'worker.js'), {
    workerData: assignment,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  const made = () => Atomics.load(new Int32Array(counter), 0);
  return new Promise<Checked>((resolve) => {
    const stopWatching = watch(made, () => {
      void worker.terminate();
      resolve({ runs: made(), failure: `run ${made()} with seed ${seed} did not end` });
    });
    worker.once('message', (checked: Checked) => resolve(checked));
    worker.once('error', (error) => resolve({ runs: made(), failure: String(error) }));
    worker.once('exit', stopWatching);
  });
}

/** Calls `onHang` once nothing has been counted for long. */
function watch(made: () => number, onHang: () => void): () => void {
  let [seen, since] = [-1, Date.now()];
  const timer = setInterval(() => {
    if (made() !== seen) [seen, since] = [made(), Date.now()];
    else if (Date.now() - since > hungAfterMs) onHang();
  }, lookEachMs);
  return () => clearInterval(timer);
}
