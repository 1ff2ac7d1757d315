import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { Entry, NamespaceType, ProcessKey } from '../../native-host/protocol';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { entry, type HostClient } from '../support/hostClient';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';
import { Sandbox, someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = (words: readonly string[], prefix: readonly string[] = []) =>
  new Promise<Ran>((resolve) => {
    const [program = '', ...args] = [...prefix, process.execPath, entry, ...words];
    const env = { PATH: process.env['PATH'], SHELL: '/bin/sh' };
    const child = execFile(program, args, { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end();
  });

const keyOf = async (host: HostClient, pid: number): Promise<ProcessKey> =>
  (await host.request('processes/find', { pid })).key;

/** The namespaces that a shell there has open, whatever else it inherits from the one around this test. */
const openIn = async (words: readonly string[], prefix: readonly string[] = []) => {
  const look = 'for fd in /proc/$$/fd/*; do readlink "$fd"; done'; // busybox's readlink takes one at a time
  const command = ['--', '/bin/sh', '-c', look];
  const { out, err } = await run([...words, ...command], prefix);
  assert.match(out, /^(socket|pipe):/m, err);
  return out.split('\n').filter((target) => /^(?!socket|pipe)[a-z_]+:\[/.test(target));
};

const linkOf = (type: NamespaceType) => ['--', 'readlink', `/proc/self/ns/${type}`];
const link = (type: NamespaceType, pid: number) => `${type}:[${procfs.namespace(pid, type)}]\n`;
const refusals = ({ options }: Entry) =>
  Object.fromEntries(options.filter(({ differs }) => differs).map((o) => [o.type, o.refusal]));

const rootless = [...someone, 'unshare', '--user', '--map-root-user', '--pid', '--fork'];
const rootlessAll = [...rootless, '--mount-proc', '--uts', '--net', '--ipc', '--kill-child'];

describe('enter KEY', () => {
  it('enters what is asked for and nothing else, as a number there', function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    return withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      const key = await keyOf(host, init.pid);
      const both = await run(['enter', key, '--join=uts,pid', ...linkOf('uts')]);
      assert.equal(both.out, link('uts', init.pid), both.err);
      const pid = await run(['enter', key, '--join=pid', ...linkOf('uts')]);
      assert.equal(pid.out, link('uts', process.pid), pid.err);
      const shell = await run(['enter', key, '--join=pid', '--', 'sh', '-c', 'echo $$; exit 7']);
      assert.equal(shell.code, 7);
      assert.ok(Number(shell.out) < 20, `${shell.out} is a number of a new namespace`);
    });
  });

  it('answers by its exit code whether it could, and runs nothing', function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    return withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const key = await keyOf(host, child.pid);
      const can = await run(['enter', key, '--check', '--join=uts,mnt']);
      assert.deepEqual([can.code, can.err], [0, '']);
      const nobody = await run(['enter', key, '--check', '--join=uts'], asNobody(this));
      assert.equal(nobody.code, 77);
      assert.match(nobody.err, /does not permit/);
      for (const words of [['x'], [], [key, key], [key, '--join=usb'], [key, '--user=me']]) {
        assert.equal((await run(['enter', ...words])).code, 64, words.join(' '));
      }
      child.exit(0);
      await parent.reap(child);
      assert.equal((await run(['enter', key, '--check'])).code, 69);
    });
  });

  it('enters a rootless sandbox of the same user as root there', async function () {
    await using sandbox = await Sandbox.start(this, rootlessAll);
    await withHost(async ({ host }) => {
      const key = await keyOf(host, sandbox.pid);
      for (const user of ['root', 'target', 'ours']) {
        const ran = await run(['enter', key, `--user=${user}`, '--', 'id', '-u'], someone);
        assert.deepEqual(ran, { code: 0, out: '0\n', err: '' }, user);
      }
      const net = await run(['enter', key, ...linkOf('net')], someone);
      assert.equal(net.out, link('net', sandbox.pid), net.err);
      const alone = await run(['enter', key, '--join=net', '--check'], someone);
      assert.equal(alone.code, 77);
    });
  });

  it('enters through a user namespace in between', async function () {
    const bwrap = ['bwrap', '--unshare-all', '--ro-bind', '/', '/', '--dev', '/dev'];
    const prefix = [...someone, ...bwrap, '--proc', '/proc', '--die-with-parent'];
    await using sandbox = await Sandbox.start(this, prefix);
    await withHost(async ({ host }) => {
      const key = await keyOf(host, sandbox.pid);
      for (const type of ['net', 'ipc', 'mnt', 'pid', 'user'] as const) {
        const ran = await run(['enter', key, ...linkOf(type)], someone);
        assert.equal(ran.out, link(type, sandbox.pid), `${type}: ${ran.err}`);
      }
      const entered = await run(['enter', key, '--', 'id', '-u'], someone);
      assert.equal(entered.out, `${process.getuid?.() || 4242}\n`, entered.err);
      assert.deepEqual(await openIn(['enter', key], someone), []);
    });
  });

  it('leaves nothing open to a shell there', function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    return withHost(async ({ host }) => {
      const key = await keyOf(host, (await children.own()).pid);
      for (const join of ['uts', 'cgroup,ipc,mnt,net,pid,time,uts']) {
        assert.deepEqual(await openIn(['enter', key, `--join=${join}`]), [], join);
      }
    });
  });
});

describe('namespaces/enterable', () => {
  it('says that root may enter all that differ', function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    return withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      const answer = await host.request('namespaces/enterable', {
        key: await keyOf(host, init.pid),
      });
      assert.equal(answer.refusal, null, answer.cause ?? '');
      assert.deepEqual(refusals(answer), { pid: null, uts: null });
      assert.match(answer.shell ?? '', /sh$/);
    });
  });

  it('says what needs the user namespace, too', async function () {
    await using sandbox = await Sandbox.start(this, rootlessAll);
    await withHost(async ({ host }) => {
      const key = await keyOf(host, sandbox.pid);
      const all = await host.request('namespaces/enterable', { key });
      assert.equal(all.refusal, null, all.cause ?? '');
      const net = await host.request('namespaces/enterable', { key, join: ['net'] });
      assert.equal(net.refusal, 'permission');
      assert.match(net.cause ?? '', /not permitted/);
      const expected = { ipc: 'needsUser', mnt: 'needsUser', net: 'needsUser', pid: 'needsUser' };
      assert.deepEqual(refusals(net), { ...expected, user: null, uts: 'needsUser' });
      const root = await host.request('namespaces/enterable', { key, user: 'root' });
      assert.equal(root.refusal, null, root.cause ?? '');
    }, someone);
  });

  it("says that another user's cannot be seen", async function () {
    await withHost(async ({ host }) => {
      const child = await children.own();
      const answer = await host.request('namespaces/enterable', {
        key: await keyOf(host, child.pid),
      });
      assert.equal(answer.refusal, 'unreadable');
      assert.ok(answer.options.every(({ refusal }) => refusal === 'unreadable'));
    }, asNobody(this));
  });

  /** As below Linux 6.11, where the namespaces of a process are opened by its number. */
  const byNumber = () => [buildFixtures().refuse, 'ENOSYS', 'ioctl', '--'];

  for (const [how, prefix] of [
    ['by its pidfd', () => undefined],
    ['by its number', byNumber],
  ] as const) {
    it(`says that a zombie has ended, asked ${how}: it has left most of them`, () =>
      withHost(async ({ host }) => {
        const { child } = await children.zombie(0);
        const key = await keyOf(host, child.pid);
        await rejectsWith('Gone', host.request('namespaces/enterable', { key }));
      }, prefix()));
  }

  it('refuses wrong parameters', () =>
    withHost(async ({ host }) => {
      const key = await keyOf(host, process.pid);
      for (const more of [{ join: 'net' }, { join: ['usb'] }, { user: 'me' }, { join: [1] }]) {
        await rejectsWith('Invalid', host.rawRequest('namespaces/enterable', { key, ...more }));
      }
    }));
});
