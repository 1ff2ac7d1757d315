/** The other side of a bridge: runs in the network namespace of a process, and in nothing else of it. */
import { rmdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';

/** The word that `main` dispatches on. */
export const bridgeCommand = 'bridge';
export const bridgeReady = 'ready';

/** Until its standard input ends. Whoever reaches the Unix socket is connected to that port. */
export async function runBridge([
  socket = '',
  address = '',
  port = '',
]: readonly string[]): Promise<void> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: address, port: Number(port), allowHalfOpen: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one));
    }
  });
  process.stdout.on('error', () => undefined); // whoever waits is gone: the end of our input tells
  server.listen(socket, () => process.stdout.write(`${bridgeReady}\n`));
  await ended();
  for (const one of open) one.destroy();
  await new Promise((resolve) => server.close(resolve)); // takes the socket's file away
  rmdirSync(dirname(socket));
}

/** Of our standard input: the host closed it, or is gone. */
function ended(): Promise<void> {
  return new Promise((resolve) =>
    process.stdin
      .resume()
      .on('end', resolve)
      .on('error', () => resolve()),
  );
}
