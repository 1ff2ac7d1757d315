import type { DebugConfiguration } from 'vscode';
import type { ProcessRow, TcpListener } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import type { Disposable } from '../../../views/emitter';
import type { HostApi } from '../../../views/hostApi';
import type { Contact } from '../debuggers/debugger';
import { contactIn } from '../guard/contactIn';
import { BridgedPort } from './bridgedPort';
import { KeptForSessions } from './keptForSessions';
import type { CutNotes } from './ownUser';

/** The ports here that lead into other networks, each for the sessions that have it in their configuration. */
export class BridgedPorts implements Disposable {
  readonly kept: KeptForSessions<BridgedPort>;

  constructor(
    private readonly host: HostApi,
    clock: Clock,
    private readonly notes: CutNotes,
  ) {
    this.kept = new KeptForSessions(clock, notes.warn);
  }

  /** For a session that is about to start. @throws what the native host says against a bridge */
  async open(row: ProcessRow, listener: TcpListener): Promise<Contact> {
    const bridged = await BridgedPort.open(this.host, row, listener, this.notes);
    const { port } = bridged;
    this.kept.keep(String(port), bridged);
    return { kind: 'port', host: '127.0.0.1', port };
  }

  /** Undefined: that port is none of these (any more). */
  at(port: number): BridgedPort | undefined {
    return this.kept.get(String(port));
  }

  dispose(): void {
    this.kept.dispose();
  }
}

/** As `kept` knows it. */
export function bridgedAddressIn(configuration: DebugConfiguration): string | undefined {
  const contact = contactIn(configuration);
  return contact && 'port' in contact ? String(contact.port) : undefined;
}
