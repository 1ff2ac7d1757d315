import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Listening, ProcessKey, TcpListener } from '../../native-host/protocol';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';
import { Sandbox, someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

const keyOf = async (host: HostClient, pid: number): Promise<ProcessKey> =>
  (await host.request('processes/find', { pid })).key;

async function listening(host: HostClient, pid: number, unix = false): Promise<Listening> {
  const keys = [await keyOf(host, pid)];
  const { processes } = await host.request('sockets/listening', { keys, unix });
  const [only, ...others] = processes;
  assert.ok(only && others.length === 0 && only.key === keys[0]);
  return only;
}

async function listen(address: string): Promise<{ server: Server; here: TcpListener }> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  return { server, here: { address, port: (server.address() as AddressInfo).port } };
}

const has = ({ tcp }: Listening, { address, port }: TcpListener): boolean =>
  'value' in tcp && tcp.value.some((one) => one.address === address && one.port === port);

/** A node of our own that listens in a network namespace of its own; its port has a meaning only there. */
const server = "require('net').createServer().listen(7777,'127.0.0.1',()=>console.log('ready'));";
const listener = [process.execPath, '-e', `${server}process.stdin.resume().on('end',process.exit)`];
const lo = 'ip link set lo up 2>/dev/null; exec "$@"';

async function start(prefix: readonly string[]): Promise<ChildProcess> {
  const [command = '', ...args] = [...prefix, ...listener];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) if (line === 'ready') break;
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  child.stdin?.end();
  await ended;
}

describe('sockets/listening', () => {
  it('finds the ports of a process, of both families', () =>
    withHost(async ({ host }) => {
      const four = await listen('127.0.0.1');
      const six = await listen('::1').catch(() => null); // no IPv6 here
      const mine = await listening(host, process.pid);
      assert.ok(has(mine, four.here), JSON.stringify(mine));
      if (six) assert.ok(has(mine, six.here), JSON.stringify(mine));
      assert.equal(mine.unix, null);
      for (const one of [four, six]) one?.server.close();
      await once(four.server, 'close');
      assert.equal(has(await listening(host, process.pid), four.here), false);
    }));

  it('tells a connection from a port that waits for some', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      assert.deepEqual((await listening(host, child.pid)).tcp, { value: [] });
    }));

  it('finds Unix sockets where asked for them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-sockets-'));
    const path = join(folder, 'a socket');
    const listens = createServer().listen(path);
    try {
      await once(listens, 'listening');
      await withHost(async ({ host }) => {
        const { unix } = await listening(host, process.pid, true);
        assert.ok(unix && 'value' in unix && unix.value.includes(path), JSON.stringify(unix));
      });
    } finally {
      listens.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('reads the tables of a network namespace through its own process', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root makes this namespace');
    const child = await start(['unshare', '--net', 'sh', '-c', lo, 'sh']);
    try {
      await withHost(async ({ host }) => {
        const there = { address: '127.0.0.1', port: 7777 };
        assert.deepEqual((await listening(host, child.pid ?? 0)).tcp, { value: [there] });
        const inOurs = await host.request('sockets/owner', { port: 7777 });
        assert.deepEqual(inOurs, { listeners: [], owners: [] });
        const key = await keyOf(host, child.pid ?? 0);
        const { listeners, owners } = await host.request('sockets/owner', { port: 7777, key });
        assert.deepEqual(listeners, [there]);
        assert.deepEqual(
          owners.map((row) => row.key),
          [key],
        );
      });
    } finally {
      await stop(child);
    }
  });

  it('gives all that listen, and each its own ports', () =>
    withHost(async ({ host }) => {
      const { server: open, here } = await listen('127.0.0.1');
      const { processes } = await host.request('sockets/listening', { keys: null });
      open.close();
      const owners = processes.filter((one) => has(one, here)).map(({ key }) => key);
      assert.deepEqual(owners, [await keyOf(host, process.pid)]);
      assert.ok(processes.every(({ tcp }) => 'value' in tcp && tcp.value.length > 0));
    }));

  it("says that another user's are not told, and who has ended", function () {
    return withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      assert.deepEqual((await listening(host, process.pid)).tcp, { unknown: 'permission' });
      const key = await keyOf(host, child.pid);
      child.exit(0);
      await parent.reap(child);
      const { processes } = await host.request('sockets/listening', { keys: [key], unix: true });
      const gone = { unknown: 'gone' };
      assert.deepEqual(processes, [{ key, tcp: gone, unix: gone }]);
    }, asNobody(this));
  });
});

/** Both ends of what one has connected to the other are in different processes. */
const connecting = "require('net').connect(+process.argv[1],'127.0.0.1',()=>console.log('ready'));";

async function connectTo(port: number, prefix: readonly string[] = []): Promise<ChildProcess> {
  const end = "process.stdin.resume().on('end',process.exit)";
  const words = [...prefix, process.execPath, '-e', connecting + end, String(port)];
  const [command = '', ...args] = words;
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) if (line === 'ready') break;
  return child;
}

describe('sockets/served', () => {
  it('knows who listens, who is connected, whom a helper stands for, and everybody else', () =>
    withHost(async ({ host }) => {
      const { server, here } = await listen('127.0.0.1');
      const { server: inner, here: behind } = await listen('127.0.0.1');
      const [client, debuggee] = [await connectTo(here.port), await connectTo(behind.port)];
      try {
        const { port } = here;
        const by = async (pid: number) =>
          host.request('sockets/served', { port, key: await keyOf(host, pid) });
        assert.deepEqual(await by(process.pid), { by: 'listening', at: here, others: [] });
        const helped = await by(debuggee.pid!);
        assert.deepEqual([helped.by, helped.at], ['helper', here]);
        assert.deepEqual(
          helped.others.map(({ pid }) => pid),
          [process.pid],
        );
        server.close(); // what has come stays
        assert.deepEqual(await by(process.pid), { by: 'connected', at: null, others: [] });
        assert.equal((await by(debuggee.pid!)).at, null);
        const { by: none, others } = await by(client.pid!);
        assert.deepEqual([none, others.map(({ pid }) => pid)], [null, [process.pid]]);
      } finally {
        await stop(client);
        await stop(debuggee);
        inner.close();
      }
    }));
});

describe('sockets/sameUser', () => {
  /** Who has come to a port of ours, by the port that he has. */
  async function withCaller(
    prefix: readonly string[],
    body: (port: number, peer: number) => Promise<void>,
  ): Promise<void> {
    const { server, here } = await listen('127.0.0.1');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = await connectTo(here.port, prefix);
    const [near] = await accepted;
    try {
      await body(here.port, near.remotePort ?? 0);
    } finally {
      near.destroy();
      server.close();
      await stop(client);
    }
  }

  it('knows our own, and nobody by two ports that are not connected', () =>
    withHost(({ host }) =>
      withCaller([], async (port, peer) => {
        const isSame = async (to: number, from: number) =>
          (await host.request('sockets/sameUser', { port: to, peer: from })).isSame;
        assert.equal(await isSame(port, peer), true);
        assert.equal(await isSame(port, port), null);
        assert.equal(await isSame(port, peer === 1 ? 2 : 1), null);
      }),
    ));

  it('knows others', function () {
    const others = asNobody(this);
    return withHost(({ host }) =>
      withCaller(others, async (port, peer) => {
        const { isSame } = await host.request('sockets/sameUser', { port, peer });
        assert.equal(isSame, false);
      }),
    );
  });

  it('can tell nothing where strangers share one number', async function () {
    const inside = [...asNobody(this), 'unshare', '--user', '--map-current-user'];
    if (spawnSync(inside[0] ?? '', [...inside.slice(1), 'true']).status !== 0)
      skipBecause(this, 'this user makes no user namespace');
    await withCaller(someone, (port, peer) =>
      withHost(async ({ host }) => {
        const { isSame } = await host.request('sockets/sameUser', { port, peer });
        assert.equal(isSame, null);
      }, inside),
    );
  });
});

describe('sockets/owner', () => {
  it('names who listens in our own namespace', () =>
    withHost(async ({ host }) => {
      const { server: open, here } = await listen('127.0.0.1');
      const { listeners, owners } = await host.request('sockets/owner', { port: here.port });
      assert.deepEqual(listeners, [here]);
      assert.deepEqual(
        owners.map(({ pid }) => pid),
        [process.pid],
      );
      open.close();
      await once(open, 'close');
      const free = await host.request('sockets/owner', { port: here.port });
      assert.deepEqual(free, { listeners: [], owners: [] });
    }));

  it('knows that somebody listens whom the kernel does not show', async function () {
    const prefix = asNobody(this);
    const { server: open, here } = await listen('127.0.0.1');
    await withHost(async ({ host }) => {
      const answer = await host.request('sockets/owner', { port: here.port });
      assert.deepEqual(answer, { listeners: [here], owners: [] });
      const key = await keyOf(host, process.pid);
      await rejectsWith('Denied', host.request('sockets/owner', { port: here.port, key }));
    }, prefix);
    open.close();
  });

  it('finds it in a rootless sandbox of the same user', async function () {
    const rootless = [...someone, 'unshare', '--user', '--map-root-user', '--net', '--fork'];
    await using sandbox = await Sandbox.start(this, [...rootless, '--kill-child']);
    await withHost(async ({ host }) => {
      const key = await keyOf(host, sandbox.pid);
      assert.notEqual(procfs.namespace(sandbox.pid, 'net'), procfs.namespace('self', 'net'));
      const answer = await host.request('sockets/owner', { port: 22, key });
      assert.deepEqual(answer, { listeners: [], owners: [] });
    }, someone);
  });
});
