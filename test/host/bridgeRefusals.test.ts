import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { once } from 'node:events';
import { join } from 'node:path';
import { protocolVersion, type TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { hostThatRefuses } from '../support/hostThatRefuses';
import { patience } from '../support/patience';
import type { Call, Refusal } from '../support/refusals';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';

const { errno: numbers } = constants;
const token = 'bridge' as TargetToken;

interface Case extends Call {
  readonly name: string;
  readonly errno: keyof typeof numbers;
}

const ofFamily = (value: number) => [{ argument: 0, how: 'is', value }] as const;

/** Numbers of x86-64, as in support/refusals.ts. */
const atItsStart: readonly Case[] = [
  { name: 'socket of Unix', number: 41, where: ofFamily(1), errno: 'ENOBUFS' },
  { name: 'bind', number: 49, errno: 'ENOMEM' },
  { name: 'listen', number: 50, errno: 'EADDRINUSE' },
];
const atEachConnection: readonly Case[] = [
  { name: 'socket of IPv4', number: 41, where: ofFamily(2), errno: 'EMFILE' },
  { name: 'connect', number: 42, errno: 'EADDRNOTAVAIL' },
];

describe('a bridge for which the kernel has no room', function () {
  this.timeout(30_000 * patience);

  let temporary = '';
  let server: Server;
  let port = 0;
  let served = 0;

  before(function () {
    if (process.arch !== 'x64') skipBecause(this, 'the numbers of calls are those of x86-64');
    if (process.getuid?.() !== 0) skipBecause(this, 'only root joins its own network namespace');
  });

  beforeEach(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'pidfd-refusals-'));
    served = 0;
    server = createServer((socket) => {
      served++;
      socket.end('served');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterEach(async () => {
    server.close();
    await once(server, 'close');
    rmSync(temporary, { recursive: true });
  });

  async function begin(refusals: readonly Refusal[]) {
    const actor = await Actor.start();
    const host = hostThatRefuses(refusals, { atOnce: true, temporary });
    await host.request('initialize', { protocolVersion });
    const { key } = await host.request('processes/find', { pid: actor.pid });
    const idle = host.fds();
    return { host, idle, params: { token, key, address: '127.0.0.1', port } };
  }

  /** With all that a bridge had open. */
  async function end(host: HostClient, idle: number): Promise<void> {
    await host.request('bridge/close', { token });
    await eventually('nothing is left of the bridge', () => readdirSync(temporary).length === 0);
    await eventually('no descriptor is left', () => host.fds() <= idle);
    assert.deepEqual(await host.close(), { code: 0, signal: null }, host.stderr);
  }

  /** What comes over it until it ends. */
  const over = async (path: string): Promise<string> => {
    const socket = connect(path).setEncoding('utf8').resume();
    let text = '';
    socket.on('data', (part: string) => (text += part)).on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    return text;
  };

  it('none: it serves', async () => {
    const { host, idle, params } = await begin([]);
    const { socket } = await host.request('bridge/open', params);
    assert.deepEqual([await over(socket), served], ['served', 1]);
    await end(host, idle);
  });

  for (const { name, ...call } of atItsStart) {
    it(`${name} answers ${call.errno}: is refused, and says so`, async () => {
      const { host, idle, params } = await begin([{ ...call, errno: numbers[call.errno] }]);
      const { cause } = await rejectsWith('Unsupported', host.request('bridge/open', params));
      assert.match(cause ?? '', new RegExp(`listen ${call.errno}`));
      await end(host, idle);
    });
  }

  for (const { name, ...call } of atEachConnection) {
    it(`${name} answers ${call.errno}: nobody waits for ever who comes to it`, async () => {
      const { host, idle, params } = await begin([{ ...call, errno: numbers[call.errno] }]);
      const { socket } = await host.request('bridge/open', params);
      assert.deepEqual([await over(socket), served], ['', 0]);
      await end(host, idle);
    });
  }

  it('accept4 answers ENOMEM: who comes to it waits, but not longer than it is there', async () => {
    const { host, idle, params } = await begin([{ number: 288, errno: numbers.ENOMEM }]);
    const { socket } = await host.request('bridge/open', params);
    const coming = over(socket);
    await end(host, idle);
    assert.deepEqual([await coming, served], ['', 0]);
  });
});
