import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { HostChild } from '../../../extension/host/hostProcess';
import { hello } from '../views/fakeHost';

/** A native host in this process: real messages over pipes in memory. */
export class FakeChild implements HostChild {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly rpc: MessageConnection;
  stopped = false;
  private readonly listeners: ((how: string) => void)[] = [];

  constructor({ answers = true } = {}) {
    this.rpc = createMessageConnection(
      new StreamMessageReader(this.stdin),
      new StreamMessageWriter(this.stdout),
    );
    if (answers) this.rpc.onRequest('initialize', () => hello);
    this.rpc.listen();
  }

  onExit(listener: (how: string) => void): void {
    this.listeners.push(listener);
  }

  die(how = 'SIGSEGV'): void {
    for (const listener of this.listeners) listener(how);
    this.stdout.end();
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.die('exit code 0');
    return Promise.resolve();
  }
}
