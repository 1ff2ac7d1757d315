import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { holdUp, type HeldUp } from '../support/holdUp';
import { hostPool } from '../support/hostPool';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { slowTrees } from '../support/slowTrees';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGTERM, SIGCONT, SIGSTOP, SIGKILL } = constants.signals;

/** Begins to stop a slow tree, and is held up when that is frozen. */
async function freezing(context: Mocha.Context, host: HostClient) {
  const { root, pids } = await slowTrees.start();
  const held = await slowTrees.holdFrozen(context, host);
  const stopped = trees.stop(host, root);
  stopped.catch(() => undefined); // whoever waits for it is told
  await held.reached;
  await eventually('it is frozen', () => slowTrees.isFrozen(pids));
  return { pids, held, stopped };
}

/** An orphan by now: when it is collected is up to init. */
const hasEnded = (pid: number): boolean => (procfs.stat(pid)?.state ?? 'Z') === 'Z';

type End = (host: HostClient, held: HeldUp) => Promise<unknown>;

async function interrupted(context: Mocha.Context, end: End, prefix?: string[]) {
  const { host } = await hostPool.start(prefix);
  const { pids, held, stopped } = await freezing(context, host);
  const guardian = await slowTrees.guardianOf(host);
  await end(host, held);
  await slowTrees.goesOn(pids);
  await held.letGo();
  await assert.rejects(stopped);
  await host.exited;
  await slowTrees.assertUnharmed(pids);
  await eventually('the guardian has ended', () => hasEnded(guardian));
}

/** The host finds its pipe at its end when it goes on. */
const close: End = async (host, held) => {
  const closed = host.close();
  await held.letGo();
  await closed;
};

describe('a tree stop that does not come to its end', () => {
  it('by cancel while it freezes: everything goes on, and nobody was signalled', function () {
    return withHost(async ({ host }) => {
      const { pids, held, stopped } = await freezing(this, host);
      const cancelled = host.request('tree/cancel', { token: trees.token });
      await held.letGo();
      await cancelled;
      const report = await stopped;
      assert.equal(report.cancelled, true);
      assert.deepEqual(
        [...trees.outcomes(report).values()],
        pids.map(() => 'survived'),
      );
      await slowTrees.assertUnharmed(pids);
    });
  });

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

  it('by EOF: nothing stays stopped', function () {
    return interrupted(this, close);
  });

  it('by SIGKILL of the host: the guardian continues everything', function () {
    return interrupted(this, (host) => Promise.resolve(host.kill()));
  });

  it('by SIGKILL of the host while it waits: whom somebody else has stopped since stays stopped', () =>
    withHost(async ({ host: other }) => {
      const { host } = await hostPool.start();
      const root = await Actor.start();
      await root.ask('handle', SIGTERM);
      const stopped = trees.stop(host, root, [{ signal: SIGTERM, waitMs: 60_000 }]);
      await host.next('tree/progress', ({ phase }) => phase === 'waiting');
      const guardian = await slowTrees.guardianOf(host);
      // It answers after it has told its guardian that all go on, and before this stop.
      const { key } = await host.request('processes/find', { pid: root.pid });
      await other.request('signal/send', { key, signal: SIGSTOP });
      await eventually('it is stopped', () => trees.isStopped(root.pid));
      host.kill();
      await Promise.all([assert.rejects(stopped), host.exited]);
      await eventually('the guardian has ended', () => hasEnded(guardian));
      assert.ok(trees.isStopped(root.pid));
    }));

  it('by SIGKILL of the host and its client together: the guardian continues everything', function () {
    return withHost(async ({ host: killer }) => {
      const { root, pids } = await slowTrees.start();
      const script = join(__dirname, '../support/treeClient.js');
      const client = spawn(process.execPath, [script, String(root.pid)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const ended = once(client, 'exit');
      const [printed] = (await once(client.stdout, 'data')) as [Buffer];
      const host = { pid: Number(printed) };
      const held = await slowTrees.holdFrozen(this, host);
      client.stdin.write('begin\n');
      await held.reached;
      await eventually('it is frozen', () => slowTrees.isFrozen(pids));
      const guardian = await slowTrees.guardianOf(host);
      await slowTrees.killTogether(killer, [client.pid ?? 0, host.pid]);
      assert.deepEqual(await ended, [null, 'SIGKILL']);
      await slowTrees.assertUnharmed(pids);
      await held.letGo();
      await eventually('the guardian ends', () => hasEnded(guardian));
    });
  });

  it("by SIGKILL of the host's whole process group: the guardian is in none of its own", function () {
    return withHost(({ host: killer }) =>
      interrupted(this, (host) => slowTrees.killByKey(killer, host.pid, true), ['setsid']),
    );
  });

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

  it('by the end of the guardian in the middle: everything goes on', function () {
    return withHost(async ({ host }) => {
      const killer = await hostPool.start();
      const { pids, held, stopped } = await freezing(this, host);
      await slowTrees.killByKey(killer.host, await slowTrees.guardianOf(host));
      const cancelled = host.request('tree/cancel', { token: trees.token });
      await held.letGo();
      await cancelled;
      assert.equal((await stopped).cancelled, true);
      await slowTrees.assertUnharmed(pids);
      await hostPool.close(killer);
    });
  });

  it('by being held up itself: only what comes after that is time in which the others could become still', function () {
    return withHost(async ({ host }) => {
      const { pids, held, stopped } = await freezing(this, host);
      const began = performance.now();
      await eventually('longer than its patience', () => performance.now() > began + 2500);
      await held.letGo();
      const { members } = await stopped;
      const root = members.find(({ row }) => row.pid === pids[0]);
      assert.ok((root?.endedAfterMs ?? 0) > 2500 + 2000, 'the vfork parent was waited for');
    });
  });

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
