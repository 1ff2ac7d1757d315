import { randomUUID } from 'node:crypto';
import type {
  NextMode,
  NextPattern,
  Params,
  ProcessKey,
  ProcessRow,
  TargetToken,
} from '../../../native-host/protocol';
import type { Disposable } from '../../../views/emitter';
import type { HostApi } from '../../../views/hostApi';
import { HostClosedError } from '../../host/hostErrors';

export interface NextOrder {
  readonly pattern: NextPattern;
  /** Stop it as it starts. */
  readonly stop: boolean;
  /** Only its descendants, and each of them; left out: the first that comes. */
  readonly under?: ProcessKey;
}

/** One that was waited for. It is held, and perhaps stopped, until it is let go. */
export interface Found {
  readonly row: ProcessRow;
  readonly stopped: boolean;
  /** It goes on. Idempotent, and never fails: where the native host is gone, it went on then. */
  readonly letGo: () => Promise<void>;
}

/** Waits for processes that do not exist yet, in the native host. */
export class NextProcesses implements Disposable {
  private readonly waits = new Map<TargetToken, Wait>();
  private readonly parts: Disposable[];

  constructor(
    private readonly host: HostApi,
    private readonly log: (line: string) => void,
  ) {
    this.parts = [
      host.onNotification('next/found', ({ token, row, stopped }) =>
        this.waits.get(token)?.found(row, stopped),
      ),
      host.onNotification('next/failed', ({ token, error }) =>
        this.waits.get(token)?.failed(Object.assign(new Error(error.kind), { data: error })),
      ),
      host.onDidChangeState(({ kind }) => kind !== 'ready' && this.lost()),
    ];
  }

  /** How many waits are under way in the native host. */
  get count(): number {
    return [...this.waits.values()].filter(({ isAsked }) => isAsked).length;
  }

  /** Rejects where it cannot be waited. */
  async watch({ pattern, stop, under }: NextOrder): Promise<Wait & { mode: NextMode }> {
    const wait = this.begin();
    const order = { token: wait.token, pattern, stop };
    const mode = await this.ask(wait, 'next/watch', under ? { ...order, under } : order);
    return Object.assign(wait, { mode });
  }

  /** For a process that stops itself at its next exec: it is held and guarded when this resolves. */
  async expect(key: ProcessKey): Promise<Wait> {
    const wait = this.begin();
    await this.ask(wait, 'next/expect', { token: wait.token, key });
    return wait;
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
    for (const wait of this.waits.values()) void wait.end();
  }

  private begin(): Wait {
    const token = `next-${randomUUID()}` as TargetToken;
    const wait = new Wait(token, this.host, this.log, () => this.waits.delete(token));
    this.waits.set(token, wait);
    return wait;
  }

  private async ask<M extends 'next/watch' | 'next/expect'>(
    wait: Wait,
    method: M,
    params: Params<M>,
  ) {
    try {
      const result = await this.host.request(method, params);
      wait.isAsked = true;
      return result;
    } catch (error) {
      this.waits.delete(wait.token);
      throw error;
    }
  }

  /** What the last native host waited for, the next one does not know; whom it held goes on. */
  private lost(): void {
    for (const wait of this.waits.values()) {
      if (wait.isAsked) wait.failed(new HostClosedError('next/watch'));
    }
  }
}

/** One wait: gives whom it finds, one after the other. */
export class Wait {
  /** The native host waits; before that it may have to be started first, which is no loss. */
  isAsked = false;
  private readonly queue: Found[] = [];
  private wake: (() => void) | undefined;
  private ended = false;
  private error: Error | undefined;

  constructor(
    readonly token: TargetToken,
    private readonly host: HostApi,
    private readonly log: (line: string) => void,
    private readonly onEnd: () => void,
  ) {}

  /** The next one that is found; undefined: it was ended. Rejects when it can be waited no more. */
  async next(): Promise<Found | undefined> {
    for (;;) {
      if (this.ended) return undefined;
      const found = this.queue.shift();
      if (found) return found;
      if (this.error) throw this.error;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  found(row: ProcessRow, stopped: boolean): void {
    const { token } = this;
    const letGo = () => this.tell(() => this.host.request('next/release', { token, key: row.key }));
    this.queue.push({ row, stopped, letGo });
    this.wake?.();
  }

  failed(error: Error): void {
    this.error = error;
    this.onEnd();
    this.wake?.();
  }

  /** Waits no more; whoever was found goes on. Idempotent, and never fails. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.onEnd();
    this.wake?.();
    await this.tell(() => this.host.request('next/end', { token: this.token }));
  }

  /** A native host that is gone has let go of everything, and must not be started for it. */
  private async tell(ask: () => Promise<unknown>): Promise<void> {
    if (this.error || this.host.state.kind !== 'ready') return;
    try {
      await ask();
    } catch (error) {
      this.log(`a process that was waited for was not let go: ${String(error)}`);
    }
  }
}
