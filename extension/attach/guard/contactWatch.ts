import type { ProcessRow } from '../../../native-host/protocol';
import { isKind } from '../../../views/errorData';
import type { Clock } from '../../../views/clock';
import type { HostApi } from '../../../views/hostApi';
import type { LocalContact } from './contactIn';

/** Between two looks: one goes through all processes where the right one is not there. */
const paceMs = 250;

/**
 * Whose process is behind what a debugger is told to connect to: looked at from when it is sent there, as a Java program
 * ceases to listen as soon as one has come, and has a connection from then on.
 */
export class ContactWatch {
  private isOwn = false;
  private other: ProcessRow | undefined;
  private lookedAt: number | undefined;

  constructor(
    private readonly parts: { readonly host: HostApi; readonly clock: Clock },
    private readonly row: ProcessRow,
    private readonly contact: LocalContact,
  ) {}

  /** The process itself is, or was. */
  async isProven(): Promise<boolean> {
    const now = this.parts.clock.elapsed();
    if (this.isOwn || now - (this.lookedAt ?? -Infinity) < paceMs) return this.isOwn;
    this.lookedAt = now;
    await this.look();
    return this.isOwn;
  }

  /** Somebody else is, as far as that can be seen. */
  get impostor(): ProcessRow | undefined {
    return this.isOwn ? undefined : this.other;
  }

  private async look(): Promise<void> {
    const { contact } = this;
    try {
      this.isOwn =
        'port' in contact ? await this.isAtPort(contact.port) : await this.isAt(contact.path);
    } catch (error) {
      if (!isKind(error, 'Gone')) throw error;
      if ('port' in contact) await this.lookForSuccessor(contact.port);
    }
  }

  private async isAt(path: string): Promise<boolean> {
    const keys = [this.row.key];
    const { processes } = await this.parts.host.request('sockets/listening', { keys, unix: true });
    const unix = processes[0]?.unix;
    return !!unix && 'value' in unix && unix.value.includes(path);
  }

  private async isAtPort(port: number): Promise<boolean> {
    const { host } = this.parts;
    const { key } = this.row;
    const { by, others } = await host.request('sockets/served', { port, key });
    if (by !== null || others.length === 0) return by !== null;
    const { facts } = await host.request('attach/preflight', { key });
    // Elsewhere the port is that of a way there.
    if (facts.shares.net === true) this.other = others[0];
    return false;
  }

  /** It has ended: whoever answers there now is not meant. */
  private async lookForSuccessor(port: number): Promise<void> {
    const { owners } = await this.parts.host.request('sockets/owner', { port });
    this.other = owners[0];
  }
}
