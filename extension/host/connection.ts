import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type {
  Method,
  NotificationName,
  Notifications,
  Params,
  Result,
} from '../../native-host/protocol';
import { deliveries, notifications, type DeliveryName } from '../../native-host/protocol';
import { Emitter } from '../../views/emitter';
import { HostClosedError } from './hostErrors';
import type { HostChild } from './hostProcess';

export type HostNotification = {
  [N in NotificationName]: { readonly name: N; readonly payload: Notifications[N] };
}[NotificationName];

/** One native host and the pipe to it. Ends for good when either ends. */
export class Connection {
  private readonly rpc: MessageConnection;
  private readonly notified = new Emitter<HostNotification>();
  private readonly rejectPending = new Set<() => void>();
  private readonly closing: Promise<string>;
  private closed = false;

  readonly onNotification = this.notified.event;

  constructor(
    private readonly child: HostChild,
    log: (line: string) => void,
  ) {
    const reader = new StreamMessageReader(child.stdout);
    // Nobody wants to know that a message takes long, and of one that is cut its timer would tell for ever.
    reader.partialMessageTimeout = 0;
    this.rpc = createMessageConnection(reader, new StreamMessageWriter(child.stdin));
    for (const name of notifications) this.forward(name);
    for (const name of deliveries) this.take(name);
    this.rpc.onError(([error]) => log(`connection: ${error.message}`));
    this.closing = new Promise((resolve) => child.onExit(resolve));
    void this.closing.then(() => this.close());
    this.rpc.onClose(() => {
      this.close();
      // Without its pipe it is of no use, and its exit status says more than the closed pipe does.
      child.stop().catch((error: unknown) => log(`stop: ${String(error)}`));
    });
    this.rpc.listen();
  }

  /** Resolves with the reason once this native host is gone. */
  get ended(): Promise<string> {
    return this.closing;
  }

  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    if (this.closed) throw new HostClosedError(method);
    return new Promise<Result<M>>((resolve, reject) => {
      const lost = () => reject(new HostClosedError(method));
      this.rejectPending.add(lost);
      this.send(method, params)
        .then(resolve, (error: Error) => reject(this.closed ? new HostClosedError(method) : error))
        .finally(() => this.rejectPending.delete(lost));
    });
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }

  private send<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    // JSON-RPC knows no "params: null": a request without parameters has none.
    return params === null
      ? this.rpc.sendRequest<Result<M>>(method)
      : this.rpc.sendRequest<Result<M>>(method, params);
  }

  private forward<N extends NotificationName>(name: N): void {
    this.rpc.onNotification(name, (payload: Notifications[N]) =>
      this.notified.fire({ name, payload } as HostNotification),
    );
  }

  /** Our answer is what the next one waits for. */
  private take<N extends DeliveryName>(name: N): void {
    this.rpc.onRequest(name, (payload: Notifications[N]) => {
      this.notified.fire({ name, payload });
      return null;
    });
  }

  /** The library rejects what is pending only when disposed, so the end of the pipe must dispose it. */
  private close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const lost of [...this.rejectPending]) lost();
    this.rpc.dispose();
  }
}
