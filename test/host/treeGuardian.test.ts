import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { entry } from '../support/hostClient';
import { holdUp } from '../support/holdUp';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { slowTrees } from '../support/slowTrees';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGCONT, SIGSTOP } = constants.signals;

describe('a tree stop', () => {
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
});

describe('a guardian', () => {
  it('continues leaves first', function () {
    return withHost(async ({ host, initialized: { tier } }) => {
      const root = await Actor.start();
      const tree = [root.pid, (await root.fork()).pid];
      const rows = await Promise.all(tree.map((pid) => host.request('processes/find', { pid })));
      const guardian = spawn(process.execPath, [entry, 'guardian', tier]);
      guardian.stdin.write(`${rows.map(({ key }) => key).join(' ')}\n`);
      await once(guardian.stdout, 'data');
      for (const pid of tree) await slowTrees.signal(host, pid, SIGSTOP);
      await eventually('both are stopped', () => tree.every(trees.isStopped));
      const held = await slowTrees.holdContinuing(this, guardian.pid ?? 0);
      guardian.stdin.end();
      await held.reached;
      const between = tree.map(trees.isStopped);
      await Promise.all([once(guardian, 'close'), held.letGo()]);
      assert.deepEqual(between, [true, false]);
      assert.deepEqual(tree.map(trees.isStopped), [false, false]);
    });
  });
});

describe('a tree stop that does not come to its end', () => {
  it('by SIGKILL of a host that has just told the guardian of more', () =>
    withHost(async ({ host }) => {
      const member = await Actor.start();
      const { key } = await host.request('processes/find', { pid: member.pid });
      const guardian = spawn(process.execPath, [entry, 'guardian', 'inode'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const ended = once(guardian, 'exit');
      guardian.stdin.write(`${key}\n`);
      await once(guardian.stdout, 'data');
      await slowTrees.signal(host, member.pid, SIGSTOP);
      await eventually('it is stopped', () => trees.isStopped(member.pid));
      guardian.kill('SIGSTOP');
      guardian.stdin.end(`${key}\n`); // its answer reaches nobody
      guardian.stdout.destroy();
      await once(guardian.stdout, 'close');
      guardian.kill('SIGCONT');
      await slowTrees.goesOn([member.pid]);
      assert.deepEqual(await ended, [0, null]);
    }));

  it('by a guardian that is stopped itself: nothing is stopped, and it is told in time', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      await root.ask('handle', SIGCONT);
      const stopped = rejectsWith('Unguarded', trees.stop(host, root));
      const guardian = await slowTrees.guardianOf(host);
      process.kill(guardian, 'SIGSTOP'); // a child of our host, which holds it
      await stopped;
      assert.equal(trees.isStopped(root.pid), false);
      process.kill(guardian, 'SIGCONT');
      await eventually('it has ended', () => procfs.stat(guardian) === null);
      assert.equal(await root.askNumber('felt'), 0);
    }));

  it('by cancel while the guardian is stopped: everything goes on, and it is answered', function () {
    return withHost(async ({ host }) => {
      const { root, pids } = await slowTrees.start();
      const held = await slowTrees.holdFrozen(this, host);
      const stopped = trees.stop(host, root);
      await held.reached;
      const guardian = await slowTrees.guardianOf(host);
      process.kill(guardian, 'SIGSTOP');
      const cancelled = host.request('tree/cancel', { token: trees.token });
      await held.letGo();
      await cancelled;
      await slowTrees.goesOn(pids);
      assert.equal((await stopped).cancelled, true);
      await slowTrees.signal(host, pids[1] ?? 0, SIGSTOP);
      process.kill(guardian, 'SIGCONT');
      await eventually('it has ended', () => procfs.stat(guardian) === null);
      assert.ok(trees.isStopped(pids[1] ?? 0), 'what somebody else stopped since stays so');
      await slowTrees.signal(host, pids[1] ?? 0, SIGCONT);
    });
  });
});
