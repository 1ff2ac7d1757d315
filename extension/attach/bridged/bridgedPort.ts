import type { ProcessRow, TcpListener } from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';
import { bridgedTexts } from './bridgedTexts';
import { Gate } from './gate';
import { ownUser, type CutNotes } from './ownUser';
import { openBridge, type Bridge } from './route';

/** A port here that leads to the one at which a process of another network waits for its debugger. */
export class BridgedPort {
  private constructor(
    readonly row: ProcessRow,
    /** Where it waits, in its own network. */
    readonly listener: TcpListener,
    private readonly gate: Gate,
    private readonly bridge: Bridge,
  ) {}

  /** @throws what the native host says against a bridge */
  static async open(
    host: HostApi,
    row: ProcessRow,
    listener: TcpListener,
    notes: CutNotes,
  ): Promise<BridgedPort> {
    const bridge = await openBridge(host, { key: row.key, listener });
    try {
      const admit = ownUser(host, { row, listener }, notes);
      const lost = () => notes.say(bridgedTexts.lost(row));
      const gate = await Gate.open(bridge.socketPath, admit, lost);
      return new BridgedPort(row, listener, gate, bridge);
    } catch (error) {
      await bridge.close();
      throw error;
    }
  }

  /** Of the loopback. */
  get port(): number {
    return this.gate.port;
  }

  async release(): Promise<void> {
    this.gate.dispose();
    await this.bridge.close();
  }
}
