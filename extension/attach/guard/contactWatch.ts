import type { ProcessRow } from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';
import type { LocalContact } from './contactIn';

/**
 * Who waits where a debugger is sent to, looked at when it is sent: a Java program ceases to listen as soon as one has
 * come.
 */
export class ContactWatch {
  private isOwn = false;
  private other: ProcessRow | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly host: HostApi,
    private readonly row: ProcessRow,
    private readonly contact: LocalContact,
  ) {}

  /** The process itself was there. */
  async isProven(): Promise<boolean> {
    await (this.looking ??= this.look());
    return this.isOwn;
  }

  /** Somebody else was, as far as that can be seen. */
  get impostor(): ProcessRow | undefined {
    return this.isOwn ? undefined : this.other;
  }

  private async look(): Promise<void> {
    const { key } = this.row;
    const { contact, host } = this;
    const { processes } = await host.request('sockets/listening', { keys: [key], unix: true });
    const [own] = processes;
    const [tcp, unix] = [own?.tcp, own?.unix];
    this.isOwn =
      'port' in contact
        ? tcp !== undefined && 'value' in tcp && tcp.value.some(({ port }) => port === contact.port)
        : !!unix && 'value' in unix && unix.value.includes(contact.path);
    if (this.isOwn || !('port' in contact)) return;
    const { facts } = await host.request('attach/preflight', { key });
    if (facts.shares.net !== true) return; // the port is that of a bridge to where it is
    const { owners } = await host.request('sockets/owner', { port: contact.port });
    this.other = owners[0];
  }
}
