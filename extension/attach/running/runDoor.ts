import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessKey } from '../../../native-host/protocol';
import { readStartedProgram, type StartedProgram } from './startedProgram';

/** A key is some forty bytes. */
const longestKey = 64;
/** No command line is longer: ARG_MAX is 2 MiB, and JSON may need six characters for one. */
const longestWords = 16 * 1024 * 1024;

/** Who knocked: it waits for the word, and runs nothing when the door is closed before. */
export interface Comer {
  readonly key: ProcessKey;
  /** What it becomes, as it says: an option is chosen by that, and nothing else. */
  readonly program: StartedProgram | undefined;
  /** With that option for its runtime. */
  letIn(option?: string): void;
}

/**
 * Where `native-host.js run` says its key: a socket in a directory that nobody else may enter, for one process. It
 * stays until that has come, or is not waited for any more. What comes is a key, which the native host opens and
 * proves like any other.
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
    const lines = await Promise.race([readLines(socket), cancelled]);
    if (lines === undefined) return undefined;
    const [key, program] = lines;
    return {
      key: key as ProcessKey,
      program: readStartedProgram(program),
      letIn: (option) => this.letIn(socket, option),
    };
  }

  /** Whoever was not let in runs nothing. */
  async close(): Promise<void> {
    this.server.close();
    this.waiting?.destroy();
    await rm(this.directory, { recursive: true, force: true });
  }

  private letIn(socket: Socket, option: string | undefined): void {
    this.waiting = undefined;
    socket.end(option === undefined ? 'go\n' : `go ${option}\n`);
  }

  private async connection(): Promise<Socket> {
    const [socket] = (await once(this.server, 'connection')) as [Socket];
    this.waiting = socket;
    socket.on('error', () => undefined); // it ended before it was answered
    this.server.close(); // one is all
    return socket;
  }
}

/** Two of them. */
async function readLines(socket: Socket): Promise<readonly [string, string] | undefined> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const [key = '', program, ...rest] = text.split('\n');
    if (program !== undefined && rest.length > 0) return [key, program];
    if (key.length > longestKey || text.length > longestWords) break;
  }
  return undefined;
}
