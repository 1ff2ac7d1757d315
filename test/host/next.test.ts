import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { NextPattern, ProcessRow, TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { entry, type HostClient } from '../support/hostClient';
import { hostPool } from '../support/hostPool';
import { procfs } from '../support/procfs';
import { ProgramFile } from '../support/programFile';
import { rejectsWith } from '../support/rejectsWith';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGKILL } = constants.signals;
/** Longer than a guardian may take to answer. */
const guardianMs = 8000;
/** Until it is killed, as whatever an actor became is in the end. */
const waits = '#!/bin/sh\nkill -STOP $$\n';
const token = 'next' as TargetToken;

const watch = (host: HostClient, pattern: NextPattern, more: { stop?: boolean } = {}) =>
  host.request('next/watch', { token, pattern, stop: false, ...more });

const end = (host: HostClient) => host.request('next/end', { token });

const named = (name: string): NextPattern => ({ kind: 'name', name });

async function found(host: HostClient): Promise<ProcessRow & { stopped: boolean }> {
  const isOurs = (event: { token: TargetToken }) => event.token === token;
  const { row, stopped } = await host.next('next/found', isOurs).catch((error: Error) => {
    const told = host.untaken('next/failed').map(({ error: data }) => JSON.stringify(data));
    throw new Error([error.message, ...told].join(': '), { cause: error });
  });
  return { ...row, stopped };
}

const goesOn = (pid: number) => eventually(`${pid} goes on`, () => !trees.isStopped(pid));

/** With the kernel's news and without. */
function everyWay(title: string, body: (host: HostClient) => Promise<void>): void {
  it(title, () => withHost(({ host }) => body(host)));
  it(`${title}, without the kernel's news`, () =>
    withHost(({ host }) => body(host), undefined, ['--without=procConnector']));
}

describe('next/watch', () => {
  const patterns: Record<string, (program: ProgramFile) => NextPattern> = {
    'its name': ({ name }) => named(name),
    'its executable': ({ path }) => ({ kind: 'executable', path }),
    'a regular expression on its path': ({ name }) => ({ kind: 'regex', source: `/${name}$` }),
    'a regular expression on its command line': ({ name }) => ({
      kind: 'regex',
      source: `${name} --port [0-9]+$`,
    }),
  };
  for (const [how, pattern] of Object.entries(patterns)) {
    everyWay(`finds the first that begins to run by ${how}`, async (host) => {
      using program = new ProgramFile();
      const earlier = await Actor.start();
      await earlier.exec(program.path, program.path, '--port', '1');
      await watch(host, pattern(program));
      const child = await (await Actor.start()).fork();
      await child.exec(program.path, program.path, '--port', '80');
      const { pid, exe, args, stopped } = await found(host);
      assert.equal(pid, child.pid);
      assert.equal(exe, program.path);
      assert.deepEqual(args, [program.path, '--port', '80']);
      assert.equal(stopped, false);
      assert.equal(trees.isStopped(pid), false);
      await end(host);
    });
  }

  everyWay(
    'misses nobody who begins while the one before is read, which has ended',
    async (host) => {
      using program = new ProgramFile();
      copyFileSync('/usr/bin/sleep', program.path);
      const script = '"$0" 0; exec "$0" 60'; // as programs are asked for their version first
      for (let round = 0; round < 40; round++) {
        await watch(host, named(program.name));
        const child = spawn('/bin/sh', ['-c', script, program.path], { stdio: 'ignore' });
        const ended = once(child, 'exit');
        const row = await found(host);
        assert.equal(row.comm, program.name);
        await end(host);
        child.kill('SIGKILL'); // our own, not collected yet
        await ended;
      }
    },
  );

  everyWay('looks again at one that it saw between fork and exec', async (host) => {
    using program = new ProgramFile();
    await watch(host, named(program.name));
    const child = await (await Actor.start()).fork();
    await (await Actor.start()).exec('/proc/self/exe', 'another'); // many looks later
    await child.ask('pid');
    await child.exec(program.path, 'x');
    assert.equal((await found(host)).pid, child.pid);
    await end(host);
  });

  everyWay('does not take a fork of one that runs it already for a new one', async (host) => {
    using program = new ProgramFile();
    const parent = await Actor.start();
    await parent.exec(program.path, 'x');
    await watch(host, named(program.name));
    const fork = await parent.fork();
    await eventually('many looks', () => procfs.stat(fork.pid)?.state === 'S');
    const other = await Actor.start();
    await other.exec(program.path, 'x');
    assert.equal((await found(host)).pid, other.pid);
    await end(host);
  });

  everyWay('finds a script by its own name, a long one too', async (host) => {
    for (const name of ['short.sh', `a-script-with-a-long-name-${process.pid}.sh`]) {
      using script = new ProgramFile(name, waits);
      using other = new ProgramFile(`${name.slice(0, 15)}-not`, waits);
      await watch(host, named(name));
      const first = await Actor.start();
      const second = await Actor.start();
      void first.exec(other.path, 'x').catch(() => undefined); // no actor any more: it does not answer
      await eventually('it runs', () => procfs.stat(first.pid)?.comm === other.name.slice(0, 15));
      void second.exec(script.path, 'x').catch(() => undefined);
      assert.equal((await found(host)).pid, second.pid);
      await end(host);
      await Actor.endAll();
    }
  });

  everyWay('stops it at once, and it goes on when it is released', async (host) => {
    using program = new ProgramFile();
    const child = await (await Actor.start()).fork();
    await watch(host, named(program.name), { stop: true });
    const executed = child.exec(program.path, 'x');
    const row = await found(host);
    assert.equal(row.stopped, true);
    await eventually('it is stopped', () => trees.isStopped(child.pid));
    await host.request('next/release', { token, key: row.key });
    await host.request('next/release', { token, key: row.key });
    await goesOn(child.pid);
    await executed;
    await end(host);
  });

  everyWay('continues it when the wait is ended', async (host) => {
    using program = new ProgramFile();
    const child = await Actor.start();
    await watch(host, named(program.name), { stop: true });
    const executed = child.exec(program.path, 'x');
    await found(host);
    await end(host);
    await end(host);
    await goesOn(child.pid);
    await executed;
  });

  const ends: Record<string, (host: HostClient) => Promise<unknown>> = {
    'by EOF': (host) => host.close(),
    'by SIGKILL of the host': (host) => Promise.resolve(host.kill()),
  };
  for (const [how, kill] of Object.entries(ends)) {
    it(`leaves nobody stopped ${how}`, async () => {
      using program = new ProgramFile();
      const { host } = await hostPool.start();
      const child = await Actor.start();
      await watch(host, named(program.name), { stop: true });
      const executed = child.exec(program.path, 'x');
      await found(host);
      await eventually('it is stopped', () => trees.isStopped(child.pid));
      await kill(host);
      await host.exited;
      await goesOn(child.pid);
      await executed;
    });
  }

  it('leaves nobody stopped whose guardian was ended', () =>
    withHost(async ({ host }) => {
      using program = new ProgramFile();
      const child = await Actor.start();
      await watch(host, named(program.name), { stop: true });
      const executed = child.exec(program.path, 'x');
      await found(host);
      await eventually('it is stopped', () => trees.isStopped(child.pid));
      const guardian = await host.request('processes/find', { pid: guardianOf(host) });
      await host.request('signal/send', { key: guardian.key, signal: SIGKILL });
      await goesOn(child.pid);
      await executed;
      await end(host);
    }));

  it('leaves nobody stopped whose guardian does not answer, and stops nobody after', () =>
    withHost(async ({ host }) => {
      using program = new ProgramFile();
      const root = await Actor.start();
      const [child, later] = [await root.fork(), await root.fork()];
      const { key: under } = await host.request('processes/find', { pid: root.pid });
      const pattern = named(program.name);
      await host.request('next/watch', { token, pattern, stop: true, under });
      const guardian = guardianOf(host);
      process.kill(guardian, 'SIGSTOP'); // a child of our host, which holds it
      const executed = child.exec(program.path, 'x');
      assert.equal((await found(host)).stopped, true);
      await eventually('it goes on', () => !trees.isStopped(child.pid), guardianMs);
      await executed;
      await later.exec(program.path, 'x');
      assert.equal((await found(host)).stopped, false);
      await end(host);
      process.kill(guardian, 'SIGCONT');
      await eventually('the guardian has ended', () => procfs.stat(guardian) === null);
    }));

  everyWay('with a root, finds each of its new descendants and nobody else', async (host) => {
    using program = new ProgramFile();
    const root = await Actor.start();
    const stranger = await Actor.start();
    const { key } = await host.request('processes/find', { pid: root.pid });
    await host.request('next/watch', {
      ...{ token, pattern: named(program.name) },
      ...{ stop: true, under: key },
    });
    await stranger.exec(program.path, 'x');
    const child = await root.fork();
    const grandchild = await child.fork();
    for (const one of [grandchild, child]) {
      const executed = one.exec(program.path, 'x');
      const row = await found(host);
      assert.deepEqual([row.pid, row.stopped], [one.pid, true]);
      await host.request('next/release', { token, key: row.key });
      await executed;
    }
    const forking = child.fork(); // it runs the program by being a copy of one that does
    const row = await found(host);
    await host.request('next/release', { token, key: row.key });
    assert.equal(row.pid, (await forking).pid);
    await end(host);
  });

  it('refuses what is no regular expression, and a token twice', () =>
    withHost(async ({ host }) => {
      await rejectsWith('Invalid', watch(host, { kind: 'regex', source: '(' }));
      await watch(host, named('x'));
      await rejectsWith('Invalid', watch(host, named('x')));
      await end(host);
    }));

  it('lets a token be taken anew while what is ended by it still begins', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const early = watch(host, named('x'), { stop: true });
      const ended = end(host);
      const late = watch(host, named('y'), { stop: true });
      await rejectsWith('Invalid', early);
      await Promise.all([ended, late]);
      await rejectsWith('Invalid', watch(host, named('z'))); // it is the late one's
      await end(host);
      await assertNoFdLeak();
    }));

  it('gives up a regular expression that takes for ever', () =>
    withHost(async ({ host }) => {
      await watch(host, { kind: 'regex', source: '^slow (a+)+$' });
      const child = await Actor.start();
      await child.exec('/proc/self/exe', 'slow', `${'a'.repeat(60)}b`);
      const { error } = await host.next('next/failed');
      assert.equal(error.kind, 'Invalid');
      await watch(host, named('x')); // the token is free
      await end(host);
    }));

  everyWay(
    'finds what runs in VS Code by its very executable, and none of its own parts',
    async (host) => {
      const mark = `mark-${process.pid}`;
      await watch(host, { kind: 'regex', source: `${mark}$` });
      const node = [process.execPath, 'node', '-e', 'setTimeout(() => {}, 30000)', mark] as const;
      const shell = await Actor.start();
      const [part, program] = [await Actor.start(), await shell.fork()]; // the part's parent is ours
      void part.exec(...node).catch(() => undefined); // no actor any more: it does not answer
      await eventually('it runs', () => readFileSync(`/proc/${part.pid}/cmdline`).includes(mark));
      void program.exec(...node).catch(() => undefined);
      assert.equal((await found(host)).pid, program.pid);
      await end(host);
    },
  );

  it('does not find what the host starts itself', () =>
    withHost(async ({ host }) => {
      await watch(host, { kind: 'regex', source: `${entry} guardian` });
      const other = 'other' as TargetToken;
      await host.request('next/watch', { token: other, pattern: named('x'), stop: true });
      const child = await Actor.start();
      await child.exec('/proc/self/exe', entry, 'guardian');
      assert.equal((await found(host)).pid, child.pid);
      await end(host);
      await host.request('next/end', { token: other });
    }));
});

function guardianOf(host: HostClient): number {
  const guardian = procfs.children(host.pid).find((pid) => {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('guardian');
  });
  return guardian ?? assert.fail('no guardian');
}
