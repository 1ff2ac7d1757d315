import type { ProcessRow } from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';
import { Gate } from '../bridged/gate';
import { openRoute, reachable, type Destination, type Route } from '../bridged/route';
import { asksFor } from './asksFor';
import { evaluateAndClose } from './evaluateOnce';
import { inspectorId } from './inspectorId';

interface Bridge {
  readonly gate: Gate;
  readonly route: Route;
}

/** The inspector of one process, by the address that is only its own. */
export class OpenInspector {
  private constructor(
    private readonly host: HostApi,
    readonly row: ProcessRow,
    private readonly destination: Destination,
    private readonly id: string,
    /** We opened it by SIGUSR1; else it was there before. */
    readonly isOurs: boolean,
    /** Where it is in another network namespace. */
    private readonly bridge: Bridge | null,
  ) {}

  /** null: no inspector is there. Proven: the process listens there before and after the answer. */
  static async at(
    host: HostApi,
    row: ProcessRow,
    destination: Destination,
    isOurs: boolean,
  ): Promise<OpenInspector | null> {
    const route = await openRoute(host, destination);
    const id = await inspectorId(route);
    if (id === null || !(await isListening(host, destination))) {
      await route.close();
      return null;
    }
    const bridge = await gated(route, id);
    return new OpenInspector(host, row, destination, id, isOurs, bridge);
  }

  /** For js-debug. A wrong UUID is refused, so nobody else can be meant. */
  get websocketAddress(): string {
    const { address, port } = this.bridge
      ? { address: '127.0.0.1', port: this.bridge.gate.port }
      : reachable(this.destination.listener);
    return `ws://${address.includes(':') ? `[${address}]` : address}:${port}/${this.id}`;
  }

  /** Where the process itself listens. */
  get port(): number {
    return this.destination.listener.port;
  }

  isStillOpen(): Promise<boolean> {
    return isListening(this.host, this.destination);
  }

  /** Closes the inspector in the process, and every session on it. @throws Error: it stays open */
  async close(): Promise<void> {
    const route = await openRoute(this.host, this.destination);
    try {
      await evaluateAndClose(route, this.id, 'process._debugEnd()');
    } finally {
      await route.close();
    }
    if (await this.isStillOpen()) throw new Error('the inspector stays open');
  }

  /** The way to it is needed no more. The inspector stays as it is. */
  async release(): Promise<void> {
    this.bridge?.gate.dispose();
    await this.bridge?.route.close();
  }
}

/** Where it can be reached straight there is nothing to guard. */
async function gated(route: Route, id: string): Promise<Bridge | null> {
  if (route.socketPath === null) return null;
  try {
    return { gate: await Gate.open(route.socketPath, asksFor(id)), route };
  } catch (error) {
    await route.close();
    throw error;
  }
}

async function isListening(host: HostApi, { key, listener }: Destination): Promise<boolean> {
  const { processes } = await host.request('sockets/listening', { keys: [key] });
  const tcp = processes[0]?.tcp;
  if (!tcp || !('value' in tcp)) return false;
  return tcp.value.some(
    ({ address, port }) => address === listener.address && port === listener.port,
  );
}
