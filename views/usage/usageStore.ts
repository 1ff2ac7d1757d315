import type { ProcessKey, ProcessUsage } from '../../native-host/protocol';

/** What one process used at one moment, as far as curves show it. */
export interface Sample {
  readonly cpu: number | null;
  readonly rss: number;
}

interface Known {
  readonly usage: ProcessUsage;
  readonly at: number;
}

const mostSamples = 60;

/** What processes used when they were last sampled, and how that went for those that a person looks at. */
export class UsageStore {
  private readonly known = new Map<ProcessKey, Known>();
  private readonly histories = new Map<ProcessKey, Sample[]>();

  of(key: ProcessKey): ProcessUsage | undefined {
    return this.known.get(key)?.usage;
  }

  /** Oldest first. */
  history(key: ProcessKey): readonly Sample[] {
    return this.histories.get(key) ?? [];
  }

  take(usage: ProcessUsage, at: number, remember: boolean): void {
    this.known.set(usage.key, { usage, at });
    if (!remember) return;
    const history = this.histories.get(usage.key) ?? [];
    history.push({ cpu: usage.cpu, rss: usage.rss });
    if (history.length > mostSamples) history.shift();
    this.histories.set(usage.key, history);
  }

  /** What was not sampled since then says nothing any more. */
  forgetBefore(time: number): void {
    for (const [key, { at }] of this.known) {
      if (at >= time) continue;
      this.known.delete(key);
      this.histories.delete(key);
    }
  }

  clear(): void {
    this.known.clear();
    this.histories.clear();
  }
}
