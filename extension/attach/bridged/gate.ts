import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Disposable } from '../../../views/emitter';

/**
 * Whether who has come is let through: with what was read of him meanwhile, which goes first. null: he is cut. Before
 * this, nothing was read. Never rejects.
 */
export type Admission = (near: Socket) => Promise<Buffer | null>;

const admitMs = 5000;
/** Whoever comes while so many are being asked is cut unasked. */
const mostAsked = 16;

/**
 * The near end of a bridge, for a debugger that knows TCP only. Listens on the loopback while it is needed; before
 * somebody is admitted, nothing is connected to the far end for him.
 */
export class Gate implements Disposable {
  private readonly sockets = new Set<Socket>();
  private asked = 0;

  /** Of the loopback. */
  port = 0;

  private constructor(
    private readonly server: Server,
    private readonly socketPath: string,
    private readonly admit: Admission,
    /** Somebody was admitted, and the bridge is gone, as with the native host that had it. */
    private readonly onLost: () => void,
  ) {}

  static async open(
    socketPath: string,
    admit: Admission,
    onLost: () => void = () => undefined,
  ): Promise<Gate> {
    const server = createServer({ pauseOnConnect: true }, (near) => void gate.receive(near));
    const gate = new Gate(server, socketPath, admit, onLost);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    gate.port = (server.address() as AddressInfo).port;
    return gate;
  }

  dispose(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async receive(near: Socket): Promise<void> {
    this.keep(near);
    const head = this.asked < mostAsked ? await this.ask(near) : null;
    if (head === null || near.destroyed) near.destroy();
    else this.join(near, head);
  }

  private async ask(near: Socket): Promise<Buffer | null> {
    const late = setTimeout(() => near.destroy(), admitMs);
    this.asked++;
    try {
      return await this.admit(near);
    } finally {
      this.asked--;
      clearTimeout(late);
    }
  }

  private join(near: Socket, head: Buffer): void {
    const far = connect(this.socketPath);
    const { onLost } = this;
    far.once('error', onLost).once('connect', () => far.off('error', onLost));
    this.keep(far);
    if (head.length > 0) far.write(head);
    near.pipe(far);
    far.pipe(near);
    near.on('close', (isFault) => leave(far, isFault));
    far.on('close', (isFault) => leave(near, isFault));
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}

/** What is on its way to it goes first, where the other end has said all that it had to say. */
function leave(socket: Socket, isFault: boolean): void {
  if (isFault) socket.destroy();
  else socket.end();
}
