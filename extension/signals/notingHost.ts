import type {
  Method,
  NotificationName,
  Notifications,
  Params,
  ProcessKey,
  Result,
} from '../../native-host/protocol';
import type { Disposable } from '../../views/emitter';
import type { HostApi } from '../../views/hostApi';

/** A native host whose signals are noted where they went: an end that was asked for is no fault. */
export class NotingHost implements HostApi {
  constructor(
    private readonly host: HostApi,
    private readonly note: (key: ProcessKey, signal: number) => void,
  ) {}

  get state() {
    return this.host.state;
  }

  get onDidChangeState() {
    return this.host.onDidChangeState;
  }

  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const result = await this.host.request(method, params);
    if (method === 'signal/send') this.noteOne(params as Params<'signal/send'>);
    if (method === 'signal/batch') {
      this.noteMany(params as Params<'signal/batch'>, result as Result<'signal/batch'>);
    }
    if (method === 'tree/stop') this.noteTree(result as Result<'tree/stop'>);
    return result;
  }

  onNotification<N extends NotificationName>(
    name: N,
    listener: (payload: Notifications[N]) => void,
  ): Disposable {
    return this.host.onNotification(name, listener);
  }

  private noteOne({ key, signal }: Params<'signal/send'>): void {
    this.note(key, signal);
  }

  private noteMany(
    { items, signal }: Params<'signal/batch'>,
    { results }: Result<'signal/batch'>,
  ): void {
    for (const [index, { key }] of items.entries()) {
      if ('result' in (results[index] ?? {})) this.note(key, signal);
    }
  }

  private noteTree({ members }: Result<'tree/stop'>): void {
    for (const { row, signal } of members) if (signal !== null) this.note(row.key, signal);
  }
}
