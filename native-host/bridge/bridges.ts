/**
 * Ways into other network namespaces. A child joins the namespace by its descriptor and nothing else, listens on a Unix
 * socket in a folder of our own, and connects each who comes to one port over there. We never join anything: setns(2)
 * would move the whole host. The child ends with its standard input, so with us, however we end.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HostError } from '../hostError.js';
import { check, launch } from '../namespaces/enter/nsenter.js';
import { Entrance } from '../namespaces/enter/entrance.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { NamespaceType, TargetToken, TcpListener } from '../protocol.js';
import { TokenSlots, type TokenSlot } from '../tokenSlots.js';
import { bridgeCommand, bridgeReady } from './bridgeChild.js';

interface Bridge {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly socket: string;
}

const most = 32;
/** It starts within a fraction of a second, and ends at once: after that something is wrong with it. */
const readyMs = 10_000;
const endMs = 2000;

export class Bridges {
  private readonly open = new TokenSlots<Bridge>(most, 'too many bridges');

  constructor(
    private readonly root: ProcRoot,
    /** Our own bundle: the child runs it. */
    private readonly script: string,
  ) {}

  /** The path of the Unix socket. @throws HostError Invalid, Exhausted, Denied, Gone, Unsupported */
  async build(token: TargetToken, process: PidFd, to: TcpListener): Promise<string> {
    const slot = this.open.reserve(token);
    try {
      const bridge = await this.start(process, to);
      bridge.child.once('close', () => this.forget(token, slot, bridge));
      await this.fill(token, slot, bridge);
      return bridge.socket;
    } catch (error) {
      this.open.free(token, slot);
      throw error;
    }
  }

  /** Idempotent, also for one that is being built. Connections that go through it are cut. */
  async close(token: TargetToken): Promise<void> {
    const bridge = this.open.take(token);
    if (bridge) await end(bridge);
  }

  /** @throws HostError Invalid: it was closed while it was built, and is gone */
  private async fill(token: TargetToken, slot: TokenSlot<Bridge>, bridge: Bridge): Promise<void> {
    try {
      this.open.fill(token, slot, bridge);
    } catch (error) {
      await end(bridge);
      throw error;
    }
  }

  private forget(token: TargetToken, slot: TokenSlot<Bridge>, { folder }: Bridge): void {
    rmSync(folder, { recursive: true, force: true }); // it was killed
    this.open.free(token, slot);
  }

  private async start(held: PidFd, { address, port }: TcpListener): Promise<Bridge> {
    using entrance = Entrance.of(held, this.root);
    const way = await wayIn(entrance);
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-bridge-')); // 0700
    const socket = join(folder, 'socket');
    const words = [this.script, bridgeCommand, socket, address, String(port)];
    const child = launch(entrance, { join: way, user: 'ours' }, [process.execPath, ...words]);
    const bridge = { child, folder, socket };
    const late = setTimeout(() => child.kill('SIGKILL'), readyMs); // our own child, not collected yet
    try {
      await ready(child);
      return bridge;
    } catch (error) {
      await end(bridge);
      rmSync(folder, { recursive: true, force: true });
      throw error;
    } finally {
      clearTimeout(late);
    }
  }
}

/** As who we are, else by its user namespace. @throws HostError Denied */
async function wayIn(entrance: Entrance): Promise<readonly NamespaceType[]> {
  const alone = await check(entrance, { join: ['net'], user: 'ours' });
  if (alone === null) return ['net'];
  const together = await check(entrance, { join: ['user', 'net'], user: 'ours' });
  if (together === null) return ['user', 'net'];
  throw new HostError('Denied', 'its network namespace cannot be joined', {
    cause: new Error(alone),
  });
}

/** @throws HostError Unsupported, with what the child said */
async function ready({ stdout, stderr }: ChildProcess): Promise<void> {
  if (!stdout || !stderr) throw new HostError('Exhausted', 'no descriptors for a bridge');
  let said = '';
  stderr.setEncoding('utf8').on('data', (part: string) => (said = (said + part).slice(0, 2000)));
  const lines = createInterface(stdout);
  const first = await lines[Symbol.asyncIterator]().next();
  lines.close();
  if (first.value === bridgeReady) return;
  throw new HostError('Unsupported', 'the bridge ended', { cause: new Error(said.trim()) });
}

async function end({ child }: Bridge): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), endMs); // the same
  await closed;
  clearTimeout(late);
}
