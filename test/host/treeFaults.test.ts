import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { eventually } from '../support/eventually';
import { HostError, type HostClient } from '../support/hostClient';
import { holdUp } from '../support/holdUp';
import { hostPool } from '../support/hostPool';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { slowTrees } from '../support/slowTrees';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGTERM, SIGCONT, SIGSTOP, SIGKILL } = constants.signals;

async function freezing(words?: readonly string[]) {
  const { host } = await hostPool.start(words);
  const { root, pids } = await slowTrees.start();
  const stopped = trees.stop(host, root).then(
    () => assert.fail('the stop was not interrupted'),
    () => undefined,
  );
  await eventually('it is frozen', () => slowTrees.isFrozen(pids));
  return { host, pids, stopped };
}

async function interrupted(end: (host: HostClient) => Promise<unknown>, prefix?: string[]) {
  const { host, pids, stopped } = await freezing(prefix);
  const guardian = await slowTrees.guardianOf(host);
  await end(host);
  await slowTrees.goesOn(pids);
  await stopped;
  await host.exited;
  await slowTrees.assertUnharmed(pids);
  // An orphan by now: when it is collected is up to init.
  await eventually('the guardian has ended', () => (procfs.stat(guardian)?.state ?? 'Z') === 'Z');
}

describe('a tree stop that does not come to its end', () => {
  it('by cancel while it freezes: everything goes on, and nobody was signalled', () =>
    withHost(async ({ host }) => {
      const { root, pids } = await slowTrees.start();
      const stopped = trees.stop(host, root);
      await eventually('it is frozen', () => slowTrees.isFrozen(pids));
      await host.request('tree/cancel', { token: trees.token });
      const report = await stopped;
      assert.equal(report.cancelled, true);
      assert.deepEqual(
        [...trees.outcomes(report).values()],
        pids.map(() => 'survived'),
      );
      await slowTrees.assertUnharmed(pids);
    }));

  it('by cancel while it waits: those who do not listen are reported', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      const child = await root.fork();
      for (const actor of [root, child]) await actor.ask('handle', SIGTERM);
      const stopped = trees.stop(host, root, [{ signal: SIGTERM, waitMs: 60_000 }]);
      await host.next('tree/progress', ({ phase }) => phase === 'waiting');
      await host.request('tree/cancel', { token: trees.token });
      await host.request('tree/cancel', { token: trees.token });
      const report = await stopped;
      assert.equal(report.cancelled, true);
      assert.deepEqual([...trees.outcomes(report).values()], ['survived', 'survived']);
      for (const actor of [root, child]) assert.equal(await actor.askNumber('felt'), 1);
    }));

  it('by EOF: nothing stays stopped', () => interrupted((host) => host.close()));

  it('by SIGKILL of the host: the guardian continues everything', () =>
    interrupted((host) => Promise.resolve(host.kill())));

  it('by SIGKILL of the host and its client together: the guardian continues everything', () =>
    withHost(async ({ host: killer }) => {
      const { root, pids } = await slowTrees.start();
      const script = join(__dirname, '../support/treeClient.js');
      const client = spawn(process.execPath, [script, String(root.pid)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(client, 'exit');
      const [printed] = (await once(client.stdout, 'data')) as [Buffer];
      const host = { pid: Number(printed) };
      await eventually('it is frozen', () => slowTrees.isFrozen(pids));
      const guardian = await slowTrees.guardianOf(host);
      await slowTrees.killTogether(killer, [client.pid ?? 0, host.pid]);
      assert.deepEqual(await ended, [null, 'SIGKILL']);
      await slowTrees.assertUnharmed(pids);
      await eventually('the guardian ends', () => (procfs.stat(guardian)?.state ?? 'Z') === 'Z');
    }));

  it("by SIGKILL of the host's whole process group: the guardian is in none of its own", () =>
    withHost(({ host: killer }) =>
      interrupted((host) => slowTrees.killByKey(killer, host.pid, true), ['setsid']),
    ));

  it('by the end of the guardian: nothing is stopped without one', () =>
    withHost(async ({ host }) => {
      const killer = await hostPool.start(); // first: the guardian is not to know anything yet
      const root = await Actor.start();
      await root.ask('handle', SIGCONT);
      await root.ask('handle', SIGTERM);
      const { key } = await host.request('processes/find', { pid: root.pid });
      const steps = trees.gracefully;
      const stopped = host.request('tree/stop', { token: trees.token, key, steps });
      const failed = rejectsWith('Unguarded', stopped);
      await slowTrees.killByKey(killer.host, await slowTrees.guardianOf(host));
      await failed;
      await assert.rejects(stopped, (error) => /guardian/.test((error as Error).message));
      assert.equal(await root.askNumber('felt'), 0);
      await hostPool.close(killer);
    }));

  it('by the end of the guardian in the middle: everything goes on', () =>
    withHost(async ({ host }) => {
      const killer = await hostPool.start(); // first: that may take longer than the stop
      const { root, pids } = await slowTrees.start();
      const stopped = trees.stop(host, root);
      await eventually('it is frozen', () => slowTrees.isFrozen(pids));
      await slowTrees.killByKey(killer.host, await slowTrees.guardianOf(host));
      await host.request('tree/cancel', { token: trees.token });
      assert.equal((await stopped).cancelled, true);
      await slowTrees.assertUnharmed(pids);
      await hostPool.close(killer);
    }));

  it('for want of descriptors: says so, nothing stays stopped', () =>
    withHost(
      async ({ host, assertNoFdLeak }) => {
        const root = await Actor.start();
        const pids = (await root.ask('crowd', 80)).map(Number);
        await rejectsWith('Exhausted', trees.stop(host, root));
        await slowTrees.assertUnharmed([root.pid, ...pids]);
        await assertNoFdLeak();
      },
      ['prlimit', '--nofile=64:64'],
    ));
});

/** Stops a tree of an ordinary user in which one becomes root's between SIGSTOP and SIGCONT. */
async function changingUser(context: Mocha.Context, host: HostClient, session: 'same' | 'other') {
  const { root, changing } = await changingTree(session);
  const held = await holdUp(context, changing.pid, {
    ...{ when: 'before', call: 'setresuid', argument: 0, value: 0 },
  });
  const changed = changing.ask('uid', 0, 0, 0);
  await held.reached;
  const stopped = trees.stop(host, root, [{ signal: SIGTERM, waitMs: 500 }]);
  await eventually('SIGSTOP waits for it', () => isPending(changing.pid, SIGSTOP));
  await held.letGo();
  const { members } = await stopped;
  const { outcome, signal } = members.find(({ row }) => row.pid === changing.pid)!;
  return { changing, changed, outcome, signal };
}

/** Its root is slow to freeze: time enough for the other one. */
async function changingTree(session: 'same' | 'other') {
  const root = await Actor.start();
  const changing = await root.fork();
  if (session === 'other') await changing.ask('setsid');
  await changing.ask('uid', 65534, 0, 65534);
  await changing.ask('survive');
  await root.ask('uid', 65534);
  await root.ask('vfork');
  return { root, changing };
}

function isPending(pid: number, signal: number): boolean {
  const [mask] = procfs.status(pid, 'ShdPnd') ?? ['0'];
  return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
}

describe('a member of a tree that becomes another', () => {
  it('by exec in the middle: it is the same process, and gets the next signal', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      const child = await root.fork();
      await child.ask('survive');
      await child.ask('execOn', SIGTERM, buildFixtures().twin);
      const { members } = await trees.stop(host, root);
      assert.deepEqual(
        members.map(({ row, outcome, signal }) => [row.pid, outcome, signal]),
        [
          [root.pid, 'ended', SIGTERM],
          [child.pid, 'killed', SIGKILL],
        ],
      );
    }));

  it("user while it is stopped: in our session it goes on, and is reported as another user's", function () {
    const nobody = asNobody(this);
    return withHost(async ({ host }) => {
      const { changing, changed, outcome } = await changingUser(this, host, 'same');
      assert.equal(outcome, 'denied');
      await slowTrees.goesOn([changing.pid]);
      await changed;
    }, nobody);
  });

  it('user while it is stopped: where the kernel does not let us continue it, it is named', function () {
    const nobody = asNobody(this);
    return withHost(async ({ host }) => {
      const rescuer = await hostPool.start();
      const { changing, changed, ...told } = await changingUser(this, host, 'other');
      assert.deepEqual(told, { outcome: 'leftStopped', signal: null });
      assert.ok(trees.isStopped(changing.pid));
      const { key } = await rescuer.host.request('processes/find', { pid: changing.pid });
      await rescuer.host.request('signal/send', { key, signal: SIGCONT });
      await changed;
      await hostPool.close(rescuer);
    }, nobody);
  });
});

describe('tree/stop', () => {
  it('refuses a tree that the host is in', () =>
    withHost(async ({ host }) => {
      for (const pid of [host.pid, process.pid]) {
        const { key } = await host.request('processes/find', { pid });
        const steps = trees.gracefully;
        const stopped = host.request('tree/stop', { token: trees.token, key, steps });
        assert.equal((await rejectsWith('Refused', stopped)).pid, pid);
        await rejectsWith('Refused', host.request('tree/preview', { key }));
      }
    }));

  it('refuses a tree that overlaps with one that is being stopped', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const above = await Actor.start();
      const root = await above.fork();
      const [child, beside] = [await root.fork(), await above.fork()];
      for (const actor of [root, child]) await actor.ask('handle', SIGTERM);
      const first = trees.stop(host, root, [{ signal: SIGTERM, waitMs: 60_000 }]);
      await host.next('tree/progress', ({ phase }) => phase === 'waiting');
      const fds = host.fds();
      for (const { pid } of [above, root, child]) {
        const { key } = await host.request('processes/find', { pid });
        const params = { token: 'other' as TargetToken, key, steps: trees.gracefully };
        await rejectsWith('Overlaps', host.request('tree/stop', params));
        await rejectsWith('Overlaps', host.request('tree/preview', { key }));
      }
      assert.equal(host.fds(), fds);
      const { key } = await host.request('processes/find', { pid: beside.pid });
      const other = { token: 'other' as TargetToken, key, steps: trees.gracefully };
      assert.equal((await host.request('tree/stop', other)).members[0]?.outcome, 'ended');
      await host.request('tree/cancel', { token: trees.token });
      await first;
      await assertNoFdLeak();
    }));

  it('refuses a token that is in use, and another program', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      await root.ask('handle', SIGTERM);
      const { key } = await host.request('processes/find', { pid: root.pid });
      const steps = [{ signal: SIGTERM, waitMs: 60_000 }];
      const params = { token: trees.token, key, steps };
      const first = host.request('tree/stop', params);
      await rejectsWith('Invalid', host.request('tree/stop', params));
      await host.request('tree/cancel', { token: trees.token });
      await first;
      const changed = { ...params, token: 'other' as TargetToken, program: 'another' as never };
      await rejectsWith('ProgramChanged', host.request('tree/stop', changed));
    }));

  it('announces each process before it is stopped', function () {
    return withHost(async ({ host }) => {
      const root = await Actor.start();
      const child = await root.fork();
      const held = await holdUp(this, host.pid, {
        when: 'before',
        call: 'pidfd_send_signal',
        argument: 1,
        value: SIGSTOP,
      });
      const stopped = trees.stop(host, root);
      await held.reached;
      const { added } = await host.next('tree/progress', (event) => event.added.length > 0);
      assert.equal(added[0]?.pid, root.pid);
      assert.equal(trees.isStopped(root.pid), false);
      await held.letGo();
      const report = await stopped;
      assert.deepEqual([...trees.outcomes(report).keys()], [root.pid, child.pid]);
      const told = host.untaken('tree/progress').flatMap((event) => event.added);
      assert.deepEqual(
        [...added, ...told].map(({ pid }) => pid),
        [root.pid, child.pid],
      );
    });
  });

  it('says that its root is gone', () =>
    withHost(async ({ host }) => {
      const top = await Actor.start();
      const root = await top.fork();
      const { key } = await host.request('processes/find', { pid: root.pid });
      root.exit(0);
      await top.reap(root);
      const steps = trees.gracefully;
      const stopped = host.request('tree/stop', { token: trees.token, key, steps });
      await rejectsWith('Gone', stopped);
      await assert.rejects(stopped, HostError);
    }));
});
