/**
 * A second thread for the first look at a crowd: it reads what the processes run while we read the rest, and it may hang
 * where we may not. Hired for one look, since it takes some ten megabytes. Where it does not come or hangs, whoever
 * asked reads for himself.
 */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What processes run, in the order of their numbers; null for what cannot be read. */
export interface CrowdPrograms {
  readonly exes: (string | null)[];
  /** As `argsText` gives them. */
  readonly commands: (string | null)[];
  readonly cuts: boolean[];
}

/** `inits`: which of them are the first ones of their PID namespaces. */
export interface CrowdQuestion {
  readonly about: 'programs' | 'inits';
  readonly pids: readonly number[];
}

export interface CrowdWork {
  /** How many processes were read: where it stands still, one of them does not answer. */
  readonly done: Int32Array;
}

type Answer = CrowdPrograms | readonly number[];
type Resolve = (answer: Answer | null) => void;

export interface CrowdDeadlines {
  readonly startMs: number;
  readonly readMs: number;
}

/** It starts in a twentieth of that, unless the machine is very busy. */
const usual: CrowdDeadlines = { startMs: 2000, readMs: 500 };

export class CrowdHelper implements Disposable {
  private readonly done = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private readonly waiting: Resolve[] = [];
  private watch: NodeJS.Timeout | null = null;
  private gone = false;

  /** `script` is the native host's own: ours lies beside it. */
  constructor(
    script: string,
    private readonly log: (message: string) => void,
    private readonly deadlines = usual,
  ) {
    const workerData: CrowdWork = { done: this.done };
    const file = join(dirname(script), 'crowdReader.js');
    this.worker = new Worker(file, { workerData, argv: [], execArgv: [], env: {} });
    this.worker.on('message', (answer: string) => this.receive(JSON.parse(answer) as Answer));
    this.worker.on('error', (error) => this.giveUp(String(error)));
    this.watchFor(deadlines.startMs);
  }

  /** By their numbers, and in their order. null: it cannot tell, and whoever asks reads for himself. */
  async programs(pids: readonly number[]): Promise<CrowdPrograms | null> {
    return (await this.ask({ about: 'programs', pids })) as CrowdPrograms | null;
  }

  /** Those of the numbers whose processes are number 1 of a PID namespace below ours. null as above. */
  async inits(pids: readonly number[]): Promise<readonly number[] | null> {
    return (await this.ask({ about: 'inits', pids })) as readonly number[] | null;
  }

  /** It ends when it has read what it was asked to; one that hangs, when the kernel lets it go. */
  [Symbol.dispose](): void {
    this.worker.postMessage(null);
    this.release();
  }

  private ask(question: CrowdQuestion): Promise<Answer | null> {
    if (this.gone) return Promise.resolve(null);
    this.worker.postMessage(question);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private receive(answer: Answer): void {
    if (this.gone) return;
    this.watchFor(this.deadlines.readMs);
    this.waiting.shift()?.(answer);
  }

  private watchFor(ms: number): void {
    if (this.watch) clearTimeout(this.watch);
    const before = this.done[0];
    this.watch = setTimeout(() => {
      const stuck = this.waiting.length > 0 && this.done[0] === before;
      if (stuck) this.giveUp('it hangs');
      else this.watchFor(this.deadlines.readMs);
    }, ms);
  }

  private giveUp(why: string): void {
    if (!this.gone) this.log(`no help with a crowd: ${why}`);
    this.release();
  }

  private release(): void {
    this.gone = true;
    if (this.watch) clearTimeout(this.watch);
    for (const resolve of this.waiting.splice(0)) resolve(null);
  }
}
