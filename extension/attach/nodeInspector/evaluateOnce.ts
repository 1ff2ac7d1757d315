/**
 * One Runtime.evaluate of the DevTools protocol over a WebSocket (RFC 6455). Nothing but this needs one, VS Code's
 * extension host has none before Node 22, and what comes back is only whether the connection ends: no library is worth it.
 */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Route } from '../bridged/route';

const answerMs = 3000;
const closeFrame = 0x88;

/** Resolves when the other side closes the connection. @throws Error: it refuses, answers or does not end in time */
export async function evaluateAndClose(
  route: Route,
  id: string,
  expression: string,
): Promise<void> {
  const socket = await upgrade(route, id);
  const ended = untilClosed(socket);
  socket.write(
    frame(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } })),
  );
  await ended.finally(() => socket.destroy());
}

function upgrade({ options }: Route, id: string): Promise<Duplex> {
  const headers = {
    Host: '127.0.0.1',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, path: `/${id}`, headers, timeout: answerMs, agent: false });
    asked.on('upgrade', (_, socket) => resolve(socket));
    asked.on('response', ({ statusCode }) => {
      asked.destroy();
      reject(new Error(`the inspector answered ${statusCode}`));
    });
    asked.on('timeout', () => asked.destroy(new Error('the inspector does not answer')));
    asked.on('error', reject);
    asked.end();
  });
}

function untilClosed(socket: Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the inspector stays open')), answerMs);
    socket.on('data', (bytes: Buffer) => {
      if (bytes[0] === closeFrame)
        socket.end(); // it waits for that
      else reject(new Error(`the inspector answered: ${bytes.toString('latin1')}`));
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** One whole text frame; a client's must be masked. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const mask = randomBytes(4);
  const length =
    body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 0xff];
  const masked = body.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, masked]);
}
