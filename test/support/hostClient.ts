import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  errorCodes,
  type ErrorData,
  type ErrorKind,
  type Method,
  type NotificationName,
  type Notifications,
  type Params,
  type Result,
} from '../../native-host/protocol';
import { MessageReader, frame } from './framing';
import { patience } from './patience';
import { procfs } from './procfs';

/** What the host suite tests. */
export const entry =
  process.env['NATIVE_HOST_ENTRY'] ?? join(__dirname, '../../native-host/main.js');
const replyMs = 10_000 * patience;

/** A reply that carries an error. */
export class HostError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data: ErrorData | undefined,
  ) {
    super(`${code} ${message} ${JSON.stringify(data)}`);
  }

  is(kind: ErrorKind): boolean {
    return this.code === errorCodes[kind] && this.data?.kind === kind;
  }
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Reply {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { code: number; message: string; data?: ErrorData };
}

interface Waiter {
  accepts(message: Reply): boolean;
  settle(message: Reply): void;
  reject(error: Error): void;
}

/** A native host of our own and a client that trusts it with nothing: its own framing, its own deadlines. */
export class HostClient {
  static readonly running = new Set<HostClient>();

  /** All that the host said on stderr: its log. */
  stderr = '';
  /** Every message in the order in which it came. */
  readonly received: Reply[] = [];
  /** Told of each message as it comes, whoever takes it. */
  readonly listeners = new Set<(message: Reply) => void>();
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #waiters = new Set<Waiter>();
  readonly #unread: Reply[] = [];
  readonly #unanswered: NonNullable<Reply['id']>[] = [];
  #busy = false;
  #lastId = 0;
  #exit: Exit | null = null;

  /**
   * @param prefix a command that ends in executing its arguments, such as prlimit or setpriv
   * @param script the native host to run, unless it is the one that the suite tests
   * @param words further arguments, such as --without=pidfs
   */
  constructor(prefix: readonly string[] = [], script = entry, words: readonly string[] = []) {
    const [program = process.execPath, ...args] = [...prefix, process.execPath, script, ...words];
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    HostClient.running.add(this);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    child.stdin.on('error', () => undefined); // EPIPE: the host ended before it read all
    const reader = new MessageReader((message) => this.#receive(message as Reply));
    child.stdout.on('data', (chunk: Buffer) => reader.push(chunk));
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => (this.stderr += String(error)));
      child.once('close', (code, signal) => {
        this.#exit = { code, signal };
        HostClient.running.delete(this);
        const error = new Error(`the host has exited (${code ?? signal}): ${this.stderr}`);
        for (const waiter of this.#waiters) waiter.reject(error);
        resolve(this.#exit);
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get hasExited(): boolean {
    return this.#exit !== null;
  }

  async request<M extends Method>(method: M, params: Params<M>, ms = replyMs): Promise<Result<M>> {
    return (await this.rawRequest(method, params, ms)) as Result<M>;
  }

  /** For what no correct client asks: any method, any parameters. */
  async rawRequest(method: string, params?: unknown, ms = replyMs): Promise<unknown> {
    const id = ++this.#lastId;
    const reply = this.reply(id, method, ms);
    this.write(frame({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) }));
    const { error, result } = await reply;
    if (error) throw new HostError(error.code, error.message, error.data);
    return result;
  }

  /** The reply with this id, for those who wrote the request themselves. */
  reply(id: number | string | null, what = `reply ${id}`, ms = replyMs): Promise<Reply> {
    return this.#next(what, (message) => message.method === undefined && message.id === id, ms);
  }

  /** The first such notification that nobody has taken yet, whether it came already or is to come. */
  async next<N extends NotificationName>(
    name: N,
    matches: (params: Notifications[N]) => boolean = () => true,
    ms = 5000 * patience,
  ): Promise<Notifications[N]> {
    const accepts = ({ method, params }: Reply): boolean =>
      method === name && matches(params as Notifications[N]);
    return (await this.#next(name, accepts, ms)).params as Notifications[N];
  }

  /** Notifications of that name that came and were not taken. */
  untaken<N extends NotificationName>(name: N): Notifications[N][] {
    return this.#unread
      .filter((message) => message.method === name)
      .map((message) => message.params as Notifications[N]);
  }

  /** The same, and now they are. */
  take<N extends NotificationName>(name: N): Notifications[N][] {
    const taken = this.untaken(name);
    const rest = this.#unread.filter((message) => message.method !== name);
    this.#unread.splice(0, this.#unread.length, ...rest);
    return taken;
  }

  /** A new test begins. */
  forget(): void {
    this.#unread.length = 0;
    this.received.length = 0;
  }

  /** A client that has much else to do: it takes what comes, and does not say so until later. */
  get isBusy(): boolean {
    return this.#busy;
  }

  set isBusy(busy: boolean) {
    this.#busy = busy;
    if (!busy) for (const id of this.#unanswered.splice(0)) this.#answer({ id, method: '' });
  }

  write(bytes: Buffer | string): void {
    this.#child.stdin?.write(bytes);
  }

  /** Writes as much as the host takes; false when it no longer takes any. */
  writeAndDrain(bytes: Buffer): Promise<boolean> {
    return new Promise((resolve) => {
      this.#child.stdin?.write(bytes, (error) => resolve(!error));
    });
  }

  /** Closes our end of its stdout. */
  deafen(): void {
    this.#child.stdout?.destroy();
  }

  /** EOF; gives how it ended. */
  async close(): Promise<Exit> {
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.kill(), 5000 * patience);
    const exit = await this.exited;
    clearTimeout(timer);
    return exit;
  }

  kill(): void {
    this.#child.kill('SIGKILL'); // our own child, reaped by nobody else
  }

  fds(): number {
    return procfs.openFiles(this.pid).length;
  }

  #next(what: string, accepts: Waiter['accepts'], ms: number): Promise<Reply> {
    const index = this.#unread.findIndex(accepts);
    if (index >= 0) return Promise.resolve(this.#unread.splice(index, 1)[0] as Reply);
    if (this.#exit) return Promise.reject(new Error(`the host has exited: ${this.stderr}`));
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        accepts,
        settle: (message) => (finish(), resolve(message)),
        reject: (error) => (finish(), reject(error)),
      };
      const timer = setTimeout(
        () => waiter.reject(new Error(`not within ${ms} ms: ${what}\n${this.stderr}`)),
        ms,
      );
      this.#waiters.add(waiter);
    });
  }

  /** What is sent as a request waits for our answer; what a client that is busy has not answered yet. */
  #answer({ id, method }: Reply): void {
    if (method === undefined || id === undefined || id === null) return;
    if (this.isBusy) this.#unanswered.push(id);
    else this.write(frame({ jsonrpc: '2.0', id, result: null }));
  }

  #receive(message: Reply): void {
    this.received.push(message);
    this.#answer(message);
    for (const listener of this.listeners) listener(message);
    for (const waiter of this.#waiters) {
      if (waiter.accepts(message)) return waiter.settle(message);
    }
    this.#unread.push(message);
  }
}
