import type { NamespaceNews } from '../native-host/protocol';
import { systemClock, type Clock } from './clock';
import { Emitter, type Disposable } from './emitter';
import type { HostApi } from './hostApi';
import { NamespaceStore } from './namespaceStore';
import { Subscription } from './subscription';

/** By then the native host has read again whom it had read before. */
const roundMs = 2000;

export interface NamespaceViewer extends Disposable {
  /** Resolves when there is something to show, or it is known why there is not. */
  want(wanted: boolean): Promise<void>;
}

/** The one subscription of the native host's namespaces, shared by all views that show them. */
export class LiveNamespaces implements Disposable {
  readonly store = new NamespaceStore();
  private readonly changed = new Emitter<NamespaceNews | undefined>();
  private readonly wanting = new Set<object>();
  private readonly subscription: Subscription<'namespaces'>;
  private lastFailure: unknown;
  /** With what was told; undefined where all may be different. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly host: HostApi,
    private readonly clock: Clock = systemClock,
  ) {
    this.subscription = new Subscription(host, 'namespaces', {
      onSnapshot: (news) => this.take(() => this.store.reset(news)),
      onNews: (news) => this.take(() => this.store.apply(news), news),
      onFailure: (error) => this.fail(error),
    });
  }

  /** Why nothing is known; undefined when something is. */
  get failure(): unknown {
    return this.lastFailure;
  }

  join(): NamespaceViewer {
    const viewer = {};
    let isOpen = true;
    const want = (wanted: boolean) => this.want(viewer, wanted && isOpen);
    const dispose = () => {
      isOpen = false; // whoever goes on to ask after that must not keep us listening for ever
      void want(false);
    };
    return { want, dispose };
  }

  /**
   * Waits for what was seen elsewhere already: most links are only presumed at first, and who is read already is read
   * again in turn. False when it has not come by then, or nobody tells any more. The caller keeps a viewer that wants it.
   */
  comes(isThere: (store: NamespaceStore) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      let isLate = false;
      const settle = () => {
        const mayCome = this.subscription.isActive && !(isLate && this.store.provisional === 0);
        const there = isThere(this.store);
        if (!there && mayCome) return;
        for (const end of ends) end();
        resolve(there);
      };
      const listening = [this.changed.event(settle), this.host.onDidChangeState(settle)];
      const stopClock = this.clock.after(roundMs, () => {
        isLate = true;
        settle();
      });
      const ends = [stopClock, ...listening.map((each) => () => each.dispose())];
      settle();
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async want(viewer: object, wanted: boolean): Promise<void> {
    if (wanted) this.wanting.add(viewer);
    else this.wanting.delete(viewer);
    const anybody = this.wanting.size > 0;
    if (!anybody) this.store.clear();
    await this.subscription.want(anybody);
  }

  private take(change: () => void, news?: NamespaceNews): void {
    this.lastFailure = undefined;
    change();
    this.changed.fire(news);
  }

  private fail(error: unknown): void {
    this.lastFailure = error;
    this.store.clear(); // nobody keeps it up to date any more
    this.changed.fire(undefined);
  }
}
