import type {
  ErrorData,
  ErrorKind,
  InitializeResult,
  Method,
  NotificationName,
  Notifications,
  Params,
  Result,
} from '../../../native-host/protocol';
import { Emitter, type Disposable } from '../../../views/emitter';
import type { HostApi, HostState } from '../../../views/hostApi';

export const hello = {
  protocolVersion: 1,
  tier: 'inode',
  capabilities: [],
  world: {
    kind: 'host',
    nestedPidNamespace: false,
    kernel: '6.18',
    bootId: 'boot',
    pidNamespace: null,
    procfs: { source: 'mounted', fault: null },
    pid: 99,
    uid: 1000,
    user: 'me',
  },
  maxOpenFiles: 1024,
} as InitializeResult;

type Handler = (params: unknown) => unknown;

/** A native host that answers what a test tells it to. */
export class FakeHost implements HostApi {
  state: HostState = { kind: 'ready', hello };
  readonly asked: { method: Method; params: unknown }[] = [];
  private readonly handlers = new Map<Method, Handler>();
  private readonly states = new Emitter<HostState>();
  private readonly notified = new Emitter<{ name: NotificationName; payload: unknown }>();
  readonly onDidChangeState = this.states.event;

  on<M extends Method>(
    method: M,
    handler: (params: Params<M>) => Result<M> | Promise<Result<M>>,
  ): this {
    this.handlers.set(method, handler as Handler);
    return this;
  }

  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    this.asked.push({ method, params });
    return (await this.handlers.get(method)?.(params)) as Result<M>;
  }

  onNotification<N extends NotificationName>(
    name: N,
    listener: (payload: Notifications[N]) => void,
  ): Disposable {
    return this.notified.event((n) => n.name === name && listener(n.payload as Notifications[N]));
  }

  notify<N extends NotificationName>(name: N, payload: Notifications[N]): void {
    this.notified.fire({ name, payload });
  }

  become(state: HostState): void {
    this.state = state;
    this.states.fire(state);
  }

  /** Dies, and a new one takes over. */
  restart(): void {
    this.become({ kind: 'starting' });
    this.become({ kind: 'ready', hello });
  }

  methodsAsked(): Method[] {
    return this.asked.map(({ method }) => method);
  }
}

/** An error as `vscode-jsonrpc` rejects with for a failed reply. */
export function hostError(kind: ErrorKind, data: Partial<ErrorData> = {}): Error {
  const full: ErrorData = { kind, cause: null, pid: null, row: null, limit: null, ...data };
  return Object.assign(new Error(kind), { data: full });
}
