import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessKey } from '../../../native-host/protocol';

/** A key is some forty bytes. */
const longestKey = 64;

/** Who knocked: it waits for the word, and runs nothing when the door is closed before. */
export interface Comer {
  readonly key: ProcessKey;
  letIn(): void;
}

/**
 * Where `native-host.js run` says its key: a socket in a directory that nobody else may enter, for one process and a
 * few seconds. What comes is a key, which the native host opens and proves like any other.
 */
export class RunDoor {
  private waiting: Socket | undefined;

  private constructor(
    private readonly directory: string,
    private readonly server: Server,
  ) {}

  static async open(): Promise<RunDoor> {
    const directory = await mkdtemp(join(tmpdir(), 'pidfd-run-')); // mode 0700
    const door = new RunDoor(directory, createServer());
    door.server.listen(door.path);
    await once(door.server, 'listening');
    return door;
  }

  get path(): string {
    return join(this.directory, 'door');
  }

  /** Undefined: `cancelled` came first. */
  async comer(cancelled: Promise<undefined>): Promise<Comer | undefined> {
    const socket = await Promise.race([this.connection(), cancelled]);
    if (!socket) return undefined;
    const key = await Promise.race([readLine(socket), cancelled]);
    if (key === undefined) return undefined;
    return { key: key as ProcessKey, letIn: () => this.letIn(socket) };
  }

  /** Whoever was not let in runs nothing. */
  async close(): Promise<void> {
    this.server.close();
    this.waiting?.destroy();
    await rm(this.directory, { recursive: true, force: true });
  }

  private letIn(socket: Socket): void {
    this.waiting = undefined;
    socket.end('go\n');
  }

  private async connection(): Promise<Socket> {
    const [socket] = (await once(this.server, 'connection')) as [Socket];
    this.waiting = socket;
    socket.on('error', () => undefined); // it ended before it was answered
    this.server.close(); // one is all
    return socket;
  }
}

async function readLine(socket: Socket): Promise<string | undefined> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
    if (text.length > longestKey) break;
  }
  return undefined;
}
