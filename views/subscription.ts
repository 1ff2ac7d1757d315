import type { NotificationName, Notifications, Result } from '../native-host/protocol';
import type { Disposable } from './emitter';
import type { HostApi, HostState } from './hostApi';

const newsOf = {
  processes: 'processes/delta',
  namespaces: 'namespaces/news',
} as const satisfies Record<string, NotificationName>;

/** What the native host keeps telling about, from `…/subscribe` until `…/unsubscribe`. */
export type Topic = keyof typeof newsOf;

type News<T extends Topic> = Notifications[(typeof newsOf)[T]];

export interface SubscriptionListener<T extends Topic> {
  onSnapshot(snapshot: Result<`${T}/subscribe`>): void;
  /** What is different since the snapshot. */
  onNews(news: News<T>): void;
  /** The native host could not answer; it is asked again when the next one is ready or the view is shown again. */
  onFailure(error: unknown): void;
}

/**
 * Keeps the native host subscribed exactly while somebody looks: one request at a time, whatever order visibility,
 * replies and restarts come in.
 */
export class Subscription<T extends Topic> implements Disposable {
  private wanted = false;
  private active = false;
  private isRunning = false;
  private running: Promise<void> = Promise.resolve();
  /** What was told before we knew of the snapshot that it is about. null: nobody is subscribing. */
  private early: News<T>[] | null = null;
  private readonly listening: readonly Disposable[];

  constructor(
    private readonly host: HostApi,
    private readonly topic: T,
    private readonly listener: SubscriptionListener<T>,
  ) {
    const ready = host.onDidChangeState((state) => this.onState(state));
    this.listening = [ready, host.onNotification(newsOf[topic], (news) => this.hear(news))];
  }

  /** Resolves when the native host has been told, or could not be. */
  want(wanted: boolean): Promise<void> {
    this.wanted = wanted;
    return this.settle();
  }

  get isActive(): boolean {
    return this.active;
  }

  dispose(): void {
    this.wanted = false;
    for (const each of this.listening) each.dispose();
  }

  private onState(state: HostState): void {
    if (state.kind === 'ready') return void this.settle();
    this.active = false;
    if (state.kind !== 'failed' || !this.wanted) return;
    if (!this.isRunning) this.listener.onFailure(state.error); // else the request that is on its way says so
  }

  private settle(): Promise<void> {
    if (!this.isRunning) this.running = this.run();
    return this.running;
  }

  /** Between the last look at what is wanted and the end of `isRunning` nobody gets a turn to want anything else. */
  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.wanted !== this.active) {
        if (this.wanted) this.begin(await this.subscribe());
        else await this.unsubscribe();
      }
    } catch (error) {
      this.listener.onFailure(error);
    } finally {
      this.early = null;
      this.isRunning = false;
    }
  }

  private async subscribe(): Promise<Result<`${T}/subscribe`>> {
    this.early = [];
    return await this.host.request(`${this.topic}/subscribe`, null);
  }

  /**
   * The answer may come when nobody looks any more: then it is not taken, and we unsubscribe. Or with the end of whoever
   * gave it: then the next one is asked.
   */
  private begin(snapshot: Result<`${T}/subscribe`>): void {
    const { early } = this;
    this.early = null;
    if (this.host.state.kind !== 'ready') return;
    this.active = true;
    if (!this.wanted) return;
    this.listener.onSnapshot(snapshot);
    for (const news of early ?? []) this.listener.onNews(news);
  }

  /**
   * Whatever was told before we subscribed came before the answer to `…/unsubscribe`, or through a pipe that has ended:
   * so what comes while we subscribe is about the snapshot, even when it is here before we have seen that.
   */
  private hear(news: News<T>): void {
    if (this.early) this.early.push(news);
    else if (this.active) this.listener.onNews(news);
  }

  private async unsubscribe(): Promise<void> {
    this.active = false;
    // A host that is down has no subscription, and must not be started to be told so.
    if (this.host.state.kind === 'ready')
      await this.host.request(`${this.topic}/unsubscribe`, null);
  }
}
