import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { IdentityTier, ProcessKey, TargetToken } from '../../native-host/protocol';
import { eventually } from '../support/eventually';
import { withoutFiles } from '../support/fewFiles';
import { firstInstruction, programCounter } from '../support/firstInstruction';
import { entry, type HostClient } from '../support/hostClient';
import { hostPool } from '../support/hostPool';
import { ProgramFile } from '../support/programFile';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const token = 'run' as TargetToken;
const { SIGKILL } = constants.signals;

/** What the window does: it listens, holds whoever says its key, and lets it begin. */
class Window implements AsyncDisposable {
  private readonly directory = mkdtempSync(join(tmpdir(), 'pidfd-run-'));
  readonly path = join(this.directory, 'window');
  private readonly server: Server = createServer();
  private readonly children = new Set<ChildProcess>();
  private readonly sockets = new Set<Socket>();

  async open(): Promise<this> {
    this.server.on('connection', (socket: Socket) => this.sockets.add(socket));
    this.server.listen(this.path);
    await once(this.server, 'listening');
    return this;
  }

  run(tier: IdentityTier, ...command: string[]): ChildProcess {
    const words = [entry, 'run', tier, this.path, ...command];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.children.add(child);
    return child;
  }

  /** Who says its key next. */
  async comer(): Promise<{ key: ProcessKey; program: object; socket: Socket }> {
    const [socket] = (await once(this.server, 'connection')) as [Socket];
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    const [key, program = ''] = bytes.toString().split('\n');
    return { key: key as ProcessKey, program: JSON.parse(program) as object, socket };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL'); // our own, not collected yet
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.directory, { recursive: true });
  }
}

async function held(host: HostClient, tier: IdentityTier, window: Window, ...command: string[]) {
  const comer = window.comer();
  const child = window.run(tier, ...command);
  const { key, socket } = await comer;
  await host.request('next/expect', { token, key });
  socket.write('go\n');
  return { child, key };
}

describe('native-host.js run', () => {
  it('holds the program before its first instruction, in the very process that was started', () =>
    withHost(async ({ host, initialized: { tier } }) => {
      await using window = await new Window().open();
      const { child, key } = await held(host, tier, window, '/bin/sh', '-c', 'echo ran; exit 7');
      const out = once(child.stdout as Readable, 'data');
      const { row, stopped } = await host.next('next/found');
      assert.deepEqual([row.pid, row.key, stopped], [child.pid, key, true]);
      assert.deepEqual(row.args, ['/bin/sh', '-c', 'echo ran; exit 7']);
      assert.equal(programCounter(row.pid), firstInstruction(row.pid));
      assert.deepEqual(procfs.status(row.pid, 'SigIgn'), ['0000000000000000']);
      assert.deepEqual(
        procfs
          .openFiles(row.pid)
          .map((file) => Number(file.split(' ')[0]))
          .filter((fd) => fd < 100), // whoever started the tests may have left some of theirs open up there
        [0, 1, 2],
      );
      const exit = once(child, 'exit'); // it may be over before the reply is here
      await host.request('next/release', { token, key });
      assert.deepEqual(await exit, [7, null]);
      assert.equal(String(await out), 'ran\n');
      await host.request('next/end', { token });
    }));

  it('finds the program as a shell does, and says where there is none', () =>
    withHost(async ({ host, initialized: { tier } }) => {
      await using window = await new Window().open();
      const { child } = await held(host, tier, window, 'there-is-no-such-program');
      // 127; 126 where PATH has a folder that this user may not search, execvp(3).
      const { status } = spawnSync('env', ['there-is-no-such-program']);
      assert.deepEqual(await once(child, 'exit'), [status, null]);
      assert.equal((await host.next('next/failed')).error.kind, 'Gone');
      const { key } = await held(host, tier, window, 'sleep', '60');
      assert.equal((await host.next('next/found')).row.comm, 'sleep');
      await host.request('signal/send', { key, signal: SIGKILL });
      await host.request('next/end', { token });
    }));

  it('says what it becomes, behind a script and env, and gives that an option', () =>
    withHost(async ({ host, initialized: { tier } }) => {
      await using window = await new Window().open();
      using script = new ProgramFile(`shim-${process.pid}`, '#!/usr/bin/env node\n');
      const coming = window.comer();
      const child = window.run(tier, script.path, 'x');
      const { key, program, socket } = await coming;
      assert.deepEqual(program, { words: ['node', script.path, 'x'], name: 'node', kind: 'node' });
      await host.request('next/expect', { token, key });
      socket.write('go --inspect-brk=127.0.0.1:0\n');
      const { row } = await host.next('next/found');
      assert.deepEqual(row.args, ['node', '--inspect-brk=127.0.0.1:0', script.path, 'x']);
      assert.deepEqual([row.pid, row.key], [child.pid, key]);
      assert.equal(programCounter(row.pid), firstInstruction(row.pid));
      await host.request('signal/send', { key, signal: SIGKILL });
      await host.request('next/end', { token });
    }));

  it('runs nothing where no window waits for it', async () => {
    await using window = await new Window().open();
    const comer = window.comer();
    const child = window.run('inode', '/bin/sh', '-c', 'echo ran');
    const out: string[] = [];
    child.stdout?.on('data', (bytes: Buffer) => out.push(bytes.toString()));
    (await comer).socket.destroy();
    assert.deepEqual(await once(child, 'exit'), [69, null]);
    assert.deepEqual(out, []);
  });

  const ends: Record<string, (host: HostClient) => Promise<unknown>> = {
    'by EOF': (host) => host.close(),
    'by SIGKILL of the host': (host) => Promise.resolve(host.kill()),
  };
  for (const [how, end] of Object.entries(ends)) {
    it(`goes on ${how}`, async () => {
      const { host, initialized } = await hostPool.start();
      await using window = await new Window().open();
      const { child } = await held(host, initialized.tier, window, '/bin/sh', '-c', 'exit 7');
      const exit = once(child, 'exit');
      const { row } = await host.next('next/found');
      assert.equal(trees.isStopped(row.pid), true);
      await end(host);
      await host.exited;
      assert.deepEqual(await exit, [7, null]);
    });
  }

  it('is found by a host that could open no file at first', () =>
    withHost(async ({ host, initialized: { tier } }) => {
      await using window = await new Window().open();
      const comer = window.comer();
      const child = window.run(tier, '/bin/sh', '-c', 'exit 7');
      const { key, socket } = await comer;
      const exit = once(child, 'exit');
      await host.request('next/expect', { token, key });
      await withoutFiles(host, async () => {
        socket.write('go\n');
        await eventually('it stands still', () => trees.isStopped(child.pid ?? 0));
        await rejectsWith('Exhausted', host.request('processes/find', { pid: process.pid }));
      });
      assert.equal((await host.next('next/found')).row.key, key);
      await host.request('next/end', { token });
      assert.deepEqual(await exit, [7, null]);
    }));

  it('goes on when the window lets go before it stands still', () =>
    withHost(async ({ host, initialized: { tier } }) => {
      await using window = await new Window().open();
      const comer = window.comer();
      const child = window.run(tier, '/bin/sh', '-c', 'exit 7');
      const { key, socket } = await comer;
      await host.request('next/expect', { token, key });
      await host.request('next/end', { token });
      socket.destroy();
      assert.deepEqual(await once(child, 'exit'), [69, null]);
      await eventually('it has ended', () => procfs.stat(child.pid ?? 0) === null);
    }));
});
