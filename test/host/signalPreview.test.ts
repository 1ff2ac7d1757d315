import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { SignalPreview } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { needs } from '../support/needs';
import { namespaces } from '../support/namespaces';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const { SIGUSR1, SIGTERM, SIGSEGV, SIGTSTP, SIGCHLD, SIGCONT, SIGKILL, SIGSTOP } =
  constants.signals;

async function preview(
  host: HostClient,
  { pid }: { pid: number },
  signal: number,
): Promise<SignalPreview> {
  const { key } = await host.request('processes/find', { pid });
  return host.request('signal/preview', { key, signal });
}

async function assertEffect(
  host: HostClient,
  actor: { pid: number },
  signal: number,
  effect: SignalPreview['effect'],
): Promise<void> {
  assert.equal((await preview(host, actor, signal)).effect, effect, `signal ${signal}`);
}

describe('signal/preview', () => {
  it('says what a signal does to those that do not care for it', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      await assertEffect(host, actor, SIGUSR1, 'terminate');
      await assertEffect(host, actor, 64, 'terminate');
      await assertEffect(host, actor, SIGSEGV, 'core');
      await assertEffect(host, actor, SIGTSTP, 'stop');
      await assertEffect(host, actor, SIGCHLD, 'ignored');
      await assertEffect(host, actor, SIGCONT, 'continue');
      await assertEffect(host, actor, SIGKILL, 'terminate');
      await assertEffect(host, actor, SIGSTOP, 'stop');
    }));

  it('says what is ignored and what is handled', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('ignore', SIGTERM);
      await actor.ask('handle', SIGUSR1);
      await assertEffect(host, actor, SIGTERM, 'ignored');
      await assertEffect(host, actor, SIGUSR1, 'handled');
    }));

  it('says that a signal waits only where every thread blocks it', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('handle', SIGUSR1);
      await actor.ask('thread');
      await actor.ask('block', SIGUSR1);
      await assertEffect(host, actor, SIGUSR1, 'handled');
      const other = await Actor.start();
      await other.ask('block', SIGUSR1);
      await other.ask('thread');
      await assertEffect(host, other, SIGUSR1, 'blocked');
    }));

  it('says of each thread for itself whether a signal waits', async function () {
    await needs('threadPidfds', 'pidfdInfo').call(this);
    await withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('handle', SIGUSR1);
      await actor.ask('thread');
      await actor.ask('block', SIGUSR1);
      const { key } = await host.request('processes/find', { pid: actor.pid });
      const { threads } = await host.request('signal/threads', { key });
      const effects = await Promise.all(
        threads.map(async ({ key: thread }) => {
          const scope = { kind: 'thread' as const, thread };
          return (await host.request('signal/preview', { key, signal: SIGUSR1, scope })).effect;
        }),
      );
      assert.deepEqual(effects, ['blocked', 'handled']);
    });
  });

  it('says what waits already', async function () {
    await needs('threadPidfds', 'pidfdInfo').call(this);
    await withHost(async ({ host }) => {
      const actor = await Actor.start();
      for (const signal of [SIGUSR1, 40]) await actor.ask('block', signal);
      const { key } = await host.request('processes/find', { pid: actor.pid });
      assert.deepEqual((await preview(host, actor, SIGTERM)).pending, []);
      await host.request('signal/send', { key, signal: SIGUSR1 });
      const { threads } = await host.request('signal/threads', { key });
      const scope = { kind: 'thread' as const, thread: threads[0]?.key ?? assert.fail() };
      await host.request('signal/send', { key, signal: 40, scope });
      assert.deepEqual((await preview(host, actor, SIGTERM)).pending, [SIGUSR1, 40]);
    });
  });

  it('looks at the threads that live on, not at a first one that has exited', () =>
    withHost(async ({ host }) => {
      const { child } = await children.leaderless();
      await child.ask('block', SIGUSR1);
      await assertEffect(host, child, SIGUSR1, 'blocked');
    }));

  it('does not know what a zombie would do', () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      await assertEffect(host, child, SIGTERM, 'unknown');
    }));

  it('knows that the init of a namespace takes what it handles, and SIGKILL from outside', function () {
    return withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      await assertEffect(host, init, SIGTERM, 'initIgnores');
      await assertEffect(host, init, SIGKILL, 'terminate');
      await assertEffect(host, init, SIGSTOP, 'stop');
      await init.ask('handle', SIGTERM);
      await assertEffect(host, init, SIGTERM, 'handled');
    });
  });

  it('knows that a kernel thread ignores them all', function () {
    return withHost(async ({ host }) => {
      const { rows } = await host.request('processes/list', null);
      const thread = rows.find(({ kind }) => kind === 'kernelThread');
      if (!thread) skipBecause(this, 'no kernel thread is to be seen here');
      await assertEffect(host, thread, SIGKILL, 'ignored');
    });
  });

  it('guards the host, its ancestors and number 1', () =>
    withHost(async ({ host }) => {
      const guards = async (pid: number) => (await preview(host, { pid }, SIGTERM)).guards;
      assert.deepEqual(await guards(host.pid), ['host']);
      assert.ok((await guards(process.pid)).includes('ancestor'));
      assert.ok((await guards(1)).includes('init'));
      assert.deepEqual(await guards((await Actor.start()).pid), []);
    }));

  it('guards what runs beside it with the program that started it: parts of VS Code', () =>
    withHost(async ({ host }) => {
      const sibling = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' });
      const ended = once(sibling, 'exit');
      await once(sibling, 'spawn');
      const { guards } = await preview(host, { pid: sibling.pid! }, SIGTERM);
      sibling.stdin.end();
      await ended;
      assert.deepEqual(guards, ['vscode']);
    }));

  it('guards all members of a group, where the group is meant', () =>
    withHost(async ({ host }) => {
      const [root, grown] = [await Actor.start(), await Actor.start()]; // in the group of the host and of us
      await grown.ask('group', 0);
      const guards = async ({ pid }: Actor, kind: 'process' | 'group') => {
        const { key } = await host.request('processes/find', { pid });
        const params = { key, signal: SIGTERM, scope: { kind } };
        return (await host.request('signal/preview', params)).guards;
      };
      assert.deepEqual(await guards(root, 'process'), []);
      const found = await guards(root, 'group');
      assert.ok(found.includes('host') && found.includes('ancestor'), found.join());
      assert.deepEqual(await guards(grown, 'group'), []);
    }));

  it('says of each member of a group what it would do', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      await root.ask('group', 0);
      const [deaf, ready] = [await root.fork(), await root.fork()];
      await deaf.ask('ignore', SIGUSR1);
      await ready.ask('handle', SIGUSR1);
      const { key } = await host.request('processes/find', { pid: deaf.pid });
      const params = { key, signal: SIGUSR1, scope: { kind: 'group' } } as const;
      const { effect, members } = await host.request('signal/preview', params);
      assert.equal(effect, 'ignored');
      assert.deepEqual([...(members ?? [])].sort(), ['handled', 'ignored', 'terminate']);
      const { members: none } = await host.request('signal/preview', { key, signal: SIGUSR1 });
      assert.equal(none, undefined);
    }));

  it('guards the leader of its session', () =>
    withHost(
      async ({ host }) => {
        const { guards } = await preview(host, host, SIGTERM);
        assert.deepEqual(guards, ['host', 'sessionLeader']);
      },
      ['setsid'],
    ));
});

describe('signal/previews', () => {
  it('says of all signals at once what it would say of each', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('ignore', SIGTERM);
      await actor.ask('handle', SIGUSR1);
      await actor.ask('block', 40);
      const { key } = await host.request('processes/find', { pid: actor.pid });
      await host.request('signal/send', { key, signal: 40 });
      const { effects, ...rest } = await host.request('signal/previews', { key });
      assert.equal(effects.length, 64);
      for (const [index, effect] of effects.entries()) {
        const { effect: single, ...others } = await preview(host, actor, index + 1);
        assert.equal(effect, single, `signal ${index + 1}`);
        assert.deepEqual(others, rest);
      }
      assert.deepEqual(rest.pending, [40]);
    }));
});
