import { mostSamples, type ProcessKey } from '../../native-host/protocol';
import type { Clock } from '../clock';
import type { Disposable } from '../emitter';
import type { HostApi } from '../hostApi';
import { UsageStore } from './usageStore';

/** What one part of the window wants to know of some processes, for as long as somebody looks at it. */
export interface Interest {
  readonly everyMs: number;
  /** Curves are drawn of them. */
  readonly remembers: boolean;
  keys(): Iterable<ProcessKey>;
  onSampled(): void;
}

export interface Looker extends Disposable {
  want(wanted: boolean): void;
}

/** A share of a processor needs two samples: the second one comes soon. */
const secondMs = 1000;
/** Who waits for a moment close by is asked along: one request instead of two. */
const closeMs = 500;
/** Of its time the native host spends at most a twentieth on this. */
const restForWork = 20;
const forgetMs = 30_000;

/** Asks the native host what processes use: only of those that somebody looks at, and only while somebody does. */
export class Sampler implements Disposable {
  readonly store = new UsageStore();
  private readonly lookers = new Set<Watch>();
  private cancel: (() => void) | undefined;
  private isAsking = false;

  constructor(
    private readonly host: HostApi,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  join(interest: Interest): Looker {
    const watch = new Watch(interest);
    const want = (wanted: boolean) => this.want(watch, wanted);
    return { want, dispose: () => want(false) };
  }

  /** One process, now: for what is asked by a person who points at it. */
  async sampleNow(key: ProcessKey): Promise<void> {
    await this.ask([key], new Set([key]));
  }

  dispose(): void {
    this.cancel?.();
    this.lookers.clear();
  }

  private want(watch: Watch, wanted: boolean): void {
    if (wanted === this.lookers.has(watch)) return;
    watch.restart(this.clock.elapsed());
    if (wanted) this.lookers.add(watch);
    else this.lookers.delete(watch);
    if (this.lookers.size === 0) this.store.clear(); // nobody looks: it costs no memory either
    this.plan();
  }

  private plan(): void {
    this.cancel?.();
    this.cancel = undefined;
    if (this.lookers.size === 0 || this.isAsking) return;
    const due = Math.min(...[...this.lookers].map((watch) => watch.due));
    this.cancel = this.clock.after(Math.max(0, due - this.clock.elapsed()), () => void this.run());
  }

  private async run(): Promise<void> {
    this.cancel = undefined;
    const began = this.clock.elapsed();
    const due = [...this.lookers].filter((watch) => watch.due <= began + closeMs);
    this.isAsking = true;
    try {
      await this.sample(due);
    } catch (error) {
      this.log(`sampling: ${String(error)}`);
    } finally {
      this.isAsking = false;
      const now = this.clock.elapsed();
      for (const watch of due) watch.ran(now, now - began);
      this.plan();
    }
  }

  private async sample(due: readonly Watch[]): Promise<void> {
    // A host that is down is not started for figures.
    if (this.host.state.kind !== 'ready') return;
    const remembered = new Set(
      due.flatMap(({ interest }) => (interest.remembers ? [...interest.keys()] : [])),
    );
    const all = new Set(remembered);
    for (const { interest } of due)
      if (!interest.remembers) for (const key of interest.keys()) all.add(key);
    await this.ask([...all], remembered);
    this.store.forgetBefore(this.clock.elapsed() - forgetMs);
    for (const watch of due) if (this.lookers.has(watch)) watch.interest.onSampled();
  }

  private async ask(
    keys: readonly ProcessKey[],
    remembered: ReadonlySet<ProcessKey>,
  ): Promise<void> {
    for (let from = 0; from < keys.length; from += mostSamples) {
      const part = keys.slice(from, from + mostSamples);
      const { usages } = await this.host.request('processes/sample', { keys: part });
      const now = this.clock.elapsed();
      for (const usage of usages) this.store.take(usage, now, remembered.has(usage.key));
    }
  }
}

class Watch {
  due = 0;
  private isFirst = true;

  constructor(readonly interest: Interest) {}

  restart(now: number): void {
    this.due = now;
    this.isFirst = true;
  }

  ran(now: number, tookMs: number): void {
    const pause = this.isFirst ? secondMs : this.interest.everyMs;
    this.due = now + Math.max(pause, tookMs * restForWork);
    this.isFirst = false;
  }
}
