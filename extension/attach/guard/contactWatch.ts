import type { ProcessRow } from '../../../native-host/protocol';
import { isKind } from '../../../views/errorData';
import type { Clock } from '../../../views/clock';
import type { HostApi } from '../../../views/hostApi';
import type { WatchedContact } from './watchedContact';

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
    private readonly contact: WatchedContact,
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
      this.isOwn = 'path' in contact ? await this.isAt(contact.path) : await this.isAtPort(contact);
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

  private async isAtPort(contact: { port: number } | { far: number }): Promise<boolean> {
    const { host } = this.parts;
    const { key } = this.row;
    const isFar = 'far' in contact;
    const port = isFar ? contact.far : contact.port;
    const { by, others } = await host.request('sockets/served', { port, key });
    if (by !== null || others.length === 0) return by !== null;
    // Elsewhere a port of ours is that of a way there, which somebody else has made.
    if (isFar || (await this.isInOurNetwork())) this.other = others[0];
    return false;
  }

  private async isInOurNetwork(): Promise<boolean> {
    const { facts } = await this.parts.host.request('attach/preflight', { key: this.row.key });
    return facts.shares.net === true;
  }

  /** It has ended: whoever answers there now is not meant. */
  private async lookForSuccessor(port: number): Promise<void> {
    const { owners } = await this.parts.host.request('sockets/owner', { port });
    this.other = owners[0];
  }
}
