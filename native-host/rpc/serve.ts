import type { Readable, Writable } from 'node:stream';
import {
  createMessageConnection,
  ResponseError,
  StreamMessageReader,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { describe, toErrorData, toHostError, type HostError } from '../hostError.js';
import {
  errorCodes,
  methods,
  type DeliveryName,
  type ErrorData,
  type Method,
  type NotificationName,
  type Notifications,
} from '../protocol.js';
import type { Handlers } from '../handlers/parts.js';
import { ContentLengthGuard } from './contentLengthGuard.js';
import { FrameWriter } from './frameWriter.js';
import { Gate } from './gate.js';
import { checkParams } from './params.js';

/** No request of ours is longer than some hundred bytes. */
const messageLimit = 1024 * 1024;
/** Most requests hold a descriptor or two while they read: bounds how many. */
const requestsAtOnce = 16;
/** These last for seconds, or end what does. */
const ungated: ReadonlySet<Method> = new Set([
  'tree/stop',
  'tree/cancel',
  'target/release',
  'next/release',
  'next/end',
]);

export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

export type Notify = <N extends NotificationName>(name: N, event: Notifications[N]) => void;

export type Deliver = <N extends DeliveryName>(name: N, event: Notifications[N]) => Promise<void>;

/** The pipe. `onEnd` is called once, with the reason, when it is at its end or what comes is no JSON-RPC. */
export class Peer {
  private readonly connection: MessageConnection;
  private readonly gate = new Gate(requestsAtOnce);

  constructor(
    streams: Streams,
    end: (fault: Error | null) => void,
    private readonly log: (line: string) => void,
  ) {
    let ended = false;
    const onEnd = (fault: Error | null) => {
      if (!ended) end(fault);
      ended = true;
    };
    const guard = new ContentLengthGuard(messageLimit);
    guard.once('error', onEnd);
    streams.input.pipe(guard);
    const reader = new StreamMessageReader(guard);
    reader.onError(onEnd); // not JSON: what follows cannot be trusted to start where a message starts
    reader.onClose(() => onEnd(null));
    this.connection = createMessageConnection(reader, new FrameWriter(streams.output));
    this.connection.onError(() => undefined); // a reply that the dead client cannot take
  }

  readonly notify: Notify = (name, event) => {
    // The client may be gone already; the end of its pipe is what ends us, not a failed write.
    this.send(name, event).catch(() => undefined);
  };

  /** Resolves when the client has taken it, or is gone. */
  readonly deliver: Deliver = (name, event) =>
    // As with `notify`; and whoever does not know it does not wait for the next one either.
    this.ask(name, event).catch(() => undefined);

  // vscode-jsonrpc throws at once when the pipe is closed already: in these two that is a rejection, too.

  private async send<N extends NotificationName>(name: N, event: Notifications[N]): Promise<void> {
    await this.connection.sendNotification(name, event);
  }

  private async ask<N extends DeliveryName>(name: N, event: Notifications[N]): Promise<void> {
    await this.connection.sendRequest<null>(name, event);
  }

  serve(handlers: Handlers, limit: number): void {
    for (const method of methods) this.register(method, handlers, limit);
    this.connection.listen();
  }

  private register<M extends Method>(method: M, handlers: Handlers, limit: number): void {
    this.connection.onRequest(method, async (params: unknown) => {
      try {
        const checked = checkParams[method](params);
        const handle = () => handlers[method](checked);
        return await (ungated.has(method) ? handle() : this.gate.pass(handle));
      } catch (error) {
        return toResponse(this.known(error, method), limit);
      }
    });
  }

  /** What nobody foresaw is logged with where it was thrown: the client is told its message alone. */
  private known(error: unknown, method: Method): HostError {
    const known = toHostError(error);
    if (known.kind === 'Internal') this.log(`${method}: ${describe(error)}`);
    return known;
  }
}

function toResponse(error: HostError, limit: number): ResponseError<ErrorData> {
  return new ResponseError(errorCodes[error.kind], error.message, toErrorData(error, limit));
}
