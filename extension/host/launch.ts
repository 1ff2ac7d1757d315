import { protocolVersion, type InitializeResult } from '../../native-host/protocol';
import { systemClock, type Clock } from '../../views/clock';
import { Connection } from './connection';
import { HostClosedError, HostStartError } from './hostErrors';
import type { HostChild } from './hostProcess';

/** A native host that has said what it can do. */
export interface Launched {
  readonly connection: Connection;
  readonly hello: InitializeResult;
}

export interface LaunchOptions {
  /** Programs that may run the native host, best first. */
  readonly programs: readonly string[];
  readonly spawn: (program: string) => HostChild;
  readonly log: (line: string) => void;
  readonly clock?: Clock;
}

/** A runtime that is no Node (Electron with runAsNode fused off) never answers. */
const handshakeMs = 8000;

/** Which programs to try: the one that the user named, or VS Code's own runtime and then `node` on PATH. */
export function candidatePrograms(nodePath: string, ownRuntime: string): readonly string[] {
  return nodePath === '' ? [ownRuntime, 'node'] : [nodePath];
}

/** Starts the native host with the first program that runs it. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const failures: string[] = [];
  for (const program of options.programs) {
    try {
      const launched = await launchWith(program, options);
      options.log(`the native host runs on ${program}, tier ${launched.hello.tier}`);
      return launched;
    } catch (error) {
      const failure = `${program}: ${(error as Error).message}`;
      options.log(`could not start the native host with ${failure}`);
      failures.push(failure);
    }
  }
  throw new HostStartError(failures.join('; '));
}

async function launchWith(program: string, options: LaunchOptions): Promise<Launched> {
  const connection = new Connection(options.spawn(program), options.log);
  try {
    const hello = await handshake(connection, options.clock ?? systemClock);
    return { connection, hello };
  } catch (error) {
    // Not waited for: a program that ignores its closed pipe must not hold up the next candidate.
    connection.stop().catch((reason: unknown) => options.log(String(reason)));
    throw error;
  }
}

async function handshake(connection: Connection, clock: Clock): Promise<InitializeResult> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(handshakeMs, () => reject(new Error('no answer')));
  });
  try {
    return checkVersion(await Promise.race([initialize(connection), late]));
  } finally {
    cancel();
  }
}

async function initialize(connection: Connection): Promise<InitializeResult> {
  try {
    return await connection.request('initialize', { protocolVersion });
  } catch (error) {
    if (!(error instanceof HostClosedError)) throw error;
    throw new Error(`ended at once: ${await connection.ended}`, { cause: error });
  }
}

function checkVersion(hello: InitializeResult): InitializeResult {
  if (hello.protocolVersion === protocolVersion) return hello;
  throw new Error(`protocol ${hello.protocolVersion} instead of ${protocolVersion}`);
}
