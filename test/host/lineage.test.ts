import assert from 'node:assert/strict';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { pidReuse } from '../support/pidReuse';
import { rejectsWith } from '../support/rejectsWith';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const token = 'lineage' as TargetToken;

async function follow(host: HostClient, { pid }: Actor): Promise<void> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('lineage/follow', { token, key });
}

const left = async (host: HostClient): Promise<number[]> =>
  (await host.request('lineage/left', { token })).rows.map(({ pid }) => pid);

const sorted = (...actors: Actor[]) => actors.map(({ pid }) => pid).sort((a, b) => a - b);

/** Ends when it is told to, and not with its parent. */
async function survivor(parent: Actor): Promise<Actor> {
  const child = await parent.fork();
  await child.ask('survive');
  return child;
}

describe('lineage/follow', () => {
  for (const words of [undefined, ['--without=procConnector']]) {
    const how = words ? ' without the news of forks' : '';

    it(`knows who is left when the root has ended, and nobody beside it${how}`, () =>
      withHost(
        async ({ host, initialized }) => {
          const told = initialized.capabilities.some(
            ({ id, available }) => id === 'procConnector' && available,
          );
          const top = await Actor.start();
          const root = await top.fork();
          const before = await survivor(root);
          await follow(host, root);
          await top.fork();
          const after = await survivor(root);
          await (await survivor(after)).ask('setsid');
          const orphan = await root.orphan();
          assert.ok((await left(host)).includes(after.pid));
          root.exit(0);
          await top.reap(root);
          const last = await survivor(after);
          const { rows, mayHaveEscaped } = await host.request('lineage/left', { token });
          const pids = rows.map(({ pid }) => pid);
          for (const { pid } of [before, after, last, ...(told ? [orphan] : [])])
            assert.ok(pids.includes(pid), `${pid} is missing`);
          assert.equal(pids.length, told ? 5 : 4);
          assert.equal(mayHaveEscaped, !told);
          await host.request('lineage/forget', { token });
        },
        undefined,
        words,
      ));

    it(`never takes the next owner of a number for one of them${how}`, function () {
      return withHost(
        async ({ host }) => {
          const parent = await Actor.start();
          await pidReuse.recycle(
            this,
            parent,
            async (victim) => {
              await host.request('lineage/forget', { token });
              await follow(host, victim);
              assert.deepEqual(await left(host), [victim.pid]);
            },
            async (impostor) => {
              const child = await impostor.fork();
              assert.deepEqual(await left(host), []);
              child.exit(0);
              await impostor.reap(child);
            },
          );
          await host.request('lineage/forget', { token });
        },
        undefined,
        words,
      );
    });
  }

  it('finds in time who is orphaned later, without the news of forks', () =>
    withHost(
      async ({ host }) => {
        const top = await Actor.start();
        const root = await top.fork();
        await follow(host, root);
        const middle = await survivor(root);
        const leaf = await survivor(middle);
        await eventually('both are known', async () => (await left(host)).length === 3);
        middle.exit(0);
        root.exit(0);
        await top.reap(root);
        await eventually('one is left', async () => (await left(host)).length === 1);
        assert.deepEqual(await left(host), [leaf.pid]);
        await host.request('lineage/forget', { token });
      },
      undefined,
      ['--without=procConnector'],
    ));

  it('refuses, when asked to, who descends from no VS Code of ours', () =>
    withHost(async ({ host }) => {
      const top = await Actor.start();
      const orphan = await top.orphan(); // init's, or a subreaper's
      const followOurs = async ({ pid }: Actor) => {
        const { key } = await host.request('processes/find', { pid });
        return host.request('lineage/follow', { token, key, ours: true });
      };
      await rejectsWith('Refused', followOurs(orphan));
      await followOurs(top);
      assert.deepEqual(await left(host), [top.pid]);
      await host.request('lineage/forget', { token });
    }));

  it('takes several roots, one that is known already for nothing new', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const top = await Actor.start();
      const [one, other] = [await top.fork(), await top.fork()];
      await follow(host, one);
      const child = await survivor(one);
      const fds = host.fds();
      await follow(host, child);
      await follow(host, one);
      assert.equal(host.fds(), fds);
      await follow(host, other);
      const pids = (await left(host)).sort((a, b) => a - b);
      assert.deepEqual(pids, sorted(one, other, child));
      await host.request('lineage/forget', { token });
      await host.request('lineage/forget', { token });
      await assertNoFdLeak();
    }));

  it('leaves zombies out', () =>
    withHost(async ({ host }) => {
      const top = await Actor.start();
      const root = await top.fork();
      await follow(host, root);
      root.exit(0);
      await eventually('a zombie', () => !trees.running(top).includes(root.pid));
      await eventually('nobody is left', async () => (await left(host)).length === 0);
      await top.reap(root);
      await host.request('lineage/forget', { token });
    }));

  it('refuses who is gone, too many, and to tell of what is not followed', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      await rejectsWith('Invalid', host.request('lineage/left', { token }));
      const top = await Actor.start();
      const child = await top.fork();
      const { key } = await host.request('processes/find', { pid: child.pid });
      child.exit(0);
      await top.reap(child);
      await rejectsWith('Gone', host.request('lineage/follow', { token, key }));
      const own = await host.request('processes/find', { pid: top.pid });
      const tokens = Array.from({ length: 32 }, (_, index) => `${token}-${index}` as TargetToken);
      for (const each of tokens)
        await host.request('lineage/follow', { token: each, key: own.key });
      await rejectsWith('Exhausted', host.request('lineage/follow', { token, key: own.key }));
      for (const each of tokens) await host.request('lineage/forget', { token: each });
      await assertNoFdLeak();
    }));
});
