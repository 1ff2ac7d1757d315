import type { Result } from '../native-host/protocol';
import type { Disposable } from './emitter';
import type { HostApi } from './hostApi';

/** What the native host keeps telling about, from `…/subscribe` until `…/unsubscribe`. */
export type Topic = 'processes' | 'namespaces';

export interface SubscriptionListener<T extends Topic> {
  onSnapshot(snapshot: Result<`${T}/subscribe`>): void;
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
  private running: Promise<void> | undefined;
  private readonly listening: Disposable;

  constructor(
    private readonly host: HostApi,
    private readonly topic: T,
    private readonly listener: SubscriptionListener<T>,
  ) {
    this.listening = host.onDidChangeState(({ kind }) => {
      if (kind === 'ready') void this.settle();
      else this.active = false;
    });
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
    this.listening.dispose();
  }

  private settle(): Promise<void> {
    return (this.running ??= this.run().finally(() => (this.running = undefined)));
  }

  private async run(): Promise<void> {
    try {
      while (this.wanted !== this.active)
        await (this.wanted ? this.subscribe() : this.unsubscribe());
    } catch (error) {
      this.listener.onFailure(error);
    }
  }

  private async subscribe(): Promise<void> {
    const snapshot = await this.host.request(`${this.topic}/subscribe`, null);
    this.active = true;
    this.listener.onSnapshot(snapshot);
  }

  private async unsubscribe(): Promise<void> {
    this.active = false;
    // A host that is down has no subscription, and must not be started to be told so.
    if (this.host.state.kind === 'ready')
      await this.host.request(`${this.topic}/unsubscribe`, null);
  }
}
