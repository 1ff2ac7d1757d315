import type {
  InitializeResult,
  Method,
  NotificationName,
  Notifications,
  Params,
  Result,
} from '../native-host/protocol';
import type { Event, Disposable } from './emitter';

export type HostState =
  | { readonly kind: 'idle' } // nobody has asked for anything yet
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly hello: InitializeResult }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'unsupported' }; // not Linux: there is nothing to start

/** What the views and commands need of the native host. The first request starts it. */
export interface HostApi {
  readonly state: HostState;
  /** `ready` is fired for each new native host: what was asked of the one before is forgotten. */
  readonly onDidChangeState: Event<HostState>;
  /** Rejects with an error that `errorData` can read, or with one of `extension/host/hostErrors`. */
  request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  onNotification<N extends NotificationName>(
    name: N,
    listener: (payload: Notifications[N]) => void,
  ): Disposable;
}
