import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A debugger's first step: 101 where that UUID is known, else the status that refuses it, or the error of the socket. */
export function knock(websocketAddress: string): Promise<number | string> {
  return new Promise((resolve) => {
    const asked = upgrade(websocketAddress);
    asked.on('upgrade', ({ statusCode }, socket: Duplex) => {
      socket.destroy();
      resolve(statusCode ?? 0);
    });
    asked.on('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}

/** What the process that this address leads to says is its number, in its own PID namespace. */
export function pidBehind(websocketAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = upgrade(websocketAddress);
    asked.on('upgrade', (_, socket: Duplex) => {
      socket.write(
        frame('{"id":1,"method":"Runtime.evaluate","params":{"expression":"process.pid"}}'),
      );
      socket.once('data', (bytes: Buffer) => {
        const value = /"value":(\d+)/.exec(bytes.toString('latin1'))?.[1];
        socket.destroy();
        resolve(Number(value));
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** For how many milliseconds whoever says no more than this is let stay. */
export async function untilCut(websocketAddress: string, text: string): Promise<number> {
  const { hostname, port } = new URL(websocketAddress);
  const near = connect(Number(port), hostname, () => near.write(text));
  await once(near, 'connect');
  const start = performance.now();
  await once(near.resume(), 'close');
  return performance.now() - start;
}

function upgrade(websocketAddress: string) {
  const { hostname, port, pathname } = new URL(websocketAddress);
  const headers = {
    ...{ Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  };
  const host = hostname.replace(/[[\]]/g, '');
  return request({ host, port, path: pathname, headers, agent: false });
}

/** Masked with zeros: a client must, and nobody looks. */
const frame = (text: string) =>
  Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
