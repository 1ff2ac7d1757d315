import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Disposable } from '../../../views/emitter';

const longestLine = 4096;
const lineMs = 5000;

/**
 * The near end of a bridge, for a debugger that knows TCP only. Listens on the loopback while it is needed, and lets
 * through who asks for the UUID of the inspector: others on this machine do not know it, and cannot learn it here.
 */
export class InspectorGate implements Disposable {
  private readonly sockets = new Set<Socket>();

  /** Of the loopback. */
  port = 0;

  private constructor(private readonly server: Server) {}

  static async open(socketPath: string, id: string): Promise<InspectorGate> {
    const server = createServer((near) => gate.admit(near, socketPath, `GET /${id} `));
    const gate = new InspectorGate(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    gate.port = (server.address() as AddressInfo).port;
    return gate;
  }

  dispose(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private admit(near: Socket, socketPath: string, wanted: string): void {
    let head = Buffer.alloc(0);
    this.keep(near);
    near.setTimeout(lineMs, () => near.destroy());
    const read = (part: Buffer) => {
      head = Buffer.concat([head, part]);
      const isKnown = head.subarray(0, wanted.length).equals(Buffer.from(wanted));
      if (isKnown) {
        near.off('data', read).pause().setTimeout(0);
        this.join(near, connect(socketPath), head);
      } else if (head.length >= Math.min(wanted.length, longestLine)) near.destroy();
    };
    near.on('data', read);
  }

  private join(near: Socket, far: Socket, head: Buffer): void {
    this.keep(far);
    far.write(head);
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}
