import assert from 'node:assert/strict';
import { join } from 'node:path';
import { constants } from 'node:os';
import type { TreeReport } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { has } from '../support/has';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { needs } from '../support/needs';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { slowTrees } from '../support/slowTrees';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGTERM, SIGKILL, SIGCONT, SIGHUP, SIGSTOP } = constants.signals;
const withoutConnector = ['--without=procConnector'];

/** Counts what reaches it by mistake. */
async function bystander(): Promise<Actor> {
  const actor = await Actor.start();
  for (const signal of [SIGTERM, SIGCONT, SIGHUP]) await actor.ask('handle', signal);
  return actor;
}

/** A root that is not the test's own child, beside someone who must not feel a thing. */
async function setting(): Promise<{ top: Actor; root: Actor; beside: Actor }> {
  const top = await Actor.start();
  const beside = await bystander();
  return { top, root: await top.fork(), beside };
}

/** All that `root` began is gone, and nobody else has felt it. */
async function assertOnlyThese(...left: readonly Actor[]): Promise<void> {
  await eventually(`only ${left.map(({ pid }) => pid).join()} run`, () => {
    return trees.running(...left).length === 0;
  });
  for (const actor of left) assert.equal(await actor.askNumber('felt'), 0, `${actor.pid} felt it`);
}

const count = (report: TreeReport, outcome: string): number =>
  report.members.filter((member) => member.outcome === outcome).length;

const signal = async (host: HostClient, { pid }: Actor, number: number): Promise<void> => {
  const { key } = await host.request('processes/find', { pid });
  await host.request('signal/send', { key, signal: number });
};

describe('tree/stop', () => {
  for (const words of [undefined, withoutConnector]) {
    const how = words ? ' without the news of forks' : '';

    it(`stops a tree, and nobody beside it${how}`, () =>
      withHost(
        async ({ host }) => {
          const isTold = words === undefined && (await has('procConnector'));
          const { top, root, beside } = await setting();
          await root.ask('grow', 3, 3);
          const report = await trees.stop(host, root);
          assert.equal(report.members.length, 40);
          assert.equal(count(report, 'ended'), 40);
          assert.equal(report.cancelled, false);
          assert.equal(report.mayHaveEscaped, !isTold);
          const seen = new Set([root.pid]);
          for (const { row } of report.members.slice(1)) {
            assert.ok(seen.has(row.ppid), 'parents come before their children');
            seen.add(row.pid);
          }
          await assertOnlyThese(top, beside);
        },
        undefined,
        words,
      ));

    it(`takes in the children of forks in flight${how}`, () =>
      withHost(
        async ({ host }) => {
          const { top, root, beside } = await setting();
          await root.ask('slowForks', 256, 60, 'child');
          const report = await trees.stop(host, root);
          assert.ok(report.members.length > 1);
          assert.equal(count(report, 'ended'), report.members.length);
          await assertOnlyThese(top, beside);
        },
        undefined,
        words,
      ));

    it(`takes in siblings that a member makes after its parent is still${how}`, () =>
      withHost(
        async ({ host }) => {
          const { top, root, beside } = await setting();
          const maker = await root.fork();
          await maker.ask('slowForks', 256, 60, 'sibling');
          await trees.stop(host, root);
          await assertOnlyThese(top, beside);
        },
        undefined,
        words,
      ));

    it(`stops a storm of forks${how}`, function () {
      if (process.getuid?.() !== 0)
        skipBecause(this, 'only root gives the storm a user of its own');
      return withHost(
        async ({ host }) => {
          const { top, root, beside } = await setting();
          await root.ask('storm', 61234, 40);
          await eventually('it storms', () => trees.running(top, beside).length > 30);
          await trees.stop(host, root);
          await assertOnlyThese(top, beside);
        },
        undefined,
        words,
      );
    });
  }

  it('says that somebody may have escaped where the root itself makes siblings', () =>
    withHost(async ({ host, initialized }) => {
      const told = initialized.capabilities.some(
        ({ id, available }) => id === 'procConnector' && available,
      );
      const { top, root, beside } = await setting();
      await root.ask('slowForks', 256, 60, 'sibling');
      const report = await trees.stop(host, root);
      assert.equal(report.mayHaveEscaped, true);
      if (told) assert.deepEqual([...trees.outcomes(report).keys()], [root.pid]);
      assert.equal(await beside.askNumber('felt'), 0);
      assert.ok(procfs.stat(top.pid), 'the parent was left alone, and so is all that it has');
    }));

  it('sends the next signal to those who do not listen', () =>
    withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      const deaf = await root.fork();
      await deaf.ask('survive');
      await deaf.ask('ignore', SIGTERM);
      const steps = [
        { signal: SIGTERM, waitMs: 100 },
        { signal: SIGKILL, waitMs: 3000 },
      ];
      const { members } = await trees.stop(host, root, steps);
      assert.deepEqual(
        members.map(({ row, outcome, signal }) => [row.pid, outcome, signal]),
        [
          [root.pid, 'ended', SIGTERM],
          [deaf.pid, 'killed', SIGKILL],
        ],
      );
      const [first, second] = members.map(({ endedAfterMs }) => endedAfterMs ?? NaN);
      assert.ok(first! >= 0 && second! >= 100 && first! < second!, `${first}, ${second}`);
      await assertOnlyThese(top, beside);
    }));

  it('stops a process that waits for its vfork child, which cannot be stopped', () =>
    withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      const child = await root.askNumber('vfork');
      const outcomes = trees.outcomes(await trees.stop(host, root));
      assert.deepEqual([...outcomes.keys()], [root.pid, child]);
      await assertOnlyThese(top, beside);
    }));

  for (const reaper of ['init', 'a subreaper']) {
    it(`takes in a double fork that went to ${reaper} after the first signal`, async function () {
      await needs('procConnector').call(this);
      await withHost(async ({ host }) => {
        const { top, root, beside } = await setting();
        if (reaper !== 'init') await top.ask('subreaper');
        await root.ask('orphanOn', SIGTERM);
        const report = await trees.stop(host, root);
        assert.ok(report.members.length >= 2, JSON.stringify(report));
        await assertOnlyThese(top, beside);
      });
    });
  }

  it('guards whoever is in the tree, not just its root', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      const { key } = await host.request('processes/find', { pid: root.pid });
      const guards = async () => (await host.request('tree/preview', { key })).guards;
      assert.deepEqual(await guards(), []);
      const part = await (await root.fork()).fork();
      await part.ask('chdir', join(__dirname, '../../../test/fixtures'));
      await part.exec(process.execPath, 'node', 'server.cjs'); // the program that started the host
      assert.deepEqual(await guards(), ['vscode']);
    }));

  it('catches a comet, or says that it has escaped; nobody stays stopped', function () {
    this.timeout(15_000 * patience);
    return withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      await root.ask('cometOn', SIGTERM);
      const report = await trees.stop(host, root);
      const left = trees.running(top, beside);
      // One that was born after the last signal is reported, and not signalled any more.
      const outcomes = trees.outcomes(report);
      const unsaid = left.filter((pid) => outcomes.get(pid) !== 'survived');
      assert.ok(report.mayHaveEscaped || unsaid.length === 0, `${unsaid.length} escaped unsaid`);
      for (const pid of left) assert.ok(!trees.isStopped(pid));
    });
  });

  it('follows into sessions and groups', () =>
    withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      const leader = await root.fork();
      await leader.ask('setsid');
      await (await leader.fork()).ask('group', 0);
      assert.equal(count(await trees.stop(host, root), 'ended'), 3);
      await assertOnlyThese(top, beside);
    }));

  it('leaves stopped whom somebody else had stopped', () =>
    withHost(async ({ host }) => {
      const { top, root } = await setting();
      const paused = await root.fork();
      await paused.ask('survive');
      await signal(host, paused, SIGSTOP);
      await eventually('it is stopped', () => trees.isStopped(paused.pid));
      const report = await trees.stop(host, root, [{ signal: SIGTERM, waitMs: 100 }]);
      assert.equal(trees.outcomes(report).get(paused.pid), 'survived');
      assert.ok(trees.isStopped(paused.pid));
      await signal(host, paused, SIGKILL);
      await eventually('it is gone', () => trees.running(top).length === 1);
    }));

  it('kills whom somebody else had stopped, or traces', () =>
    withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      const tracer = await top.fork();
      const [paused, traced] = [await root.fork(), await root.fork()];
      for (const one of [paused, traced]) await one.ask('survive');
      await signal(host, paused, SIGSTOP);
      await tracer.ask('trace', traced.pid);
      const steps = [
        { signal: SIGTERM, waitMs: 100 },
        { signal: SIGKILL, waitMs: 3000 },
      ];
      const outcomes = trees.outcomes(await trees.stop(host, root, steps));
      assert.equal(outcomes.get(root.pid), 'ended');
      assert.equal(outcomes.get(paused.pid), 'killed');
      assert.equal(outcomes.get(traced.pid), 'killed');
      await assertOnlyThese(top, beside, tracer);
    }));

  it('reports a zombie as gone', () =>
    withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      const child = await root.fork();
      child.exit(0);
      await children.becomesZombie(child.pid);
      const report = await trees.stop(host, root);
      const outcomes = trees.outcomes(report);
      assert.deepEqual([outcomes.get(root.pid), outcomes.get(child.pid)], ['ended', 'gone']);
      const { signal: none, endedAfterMs } = report.members[1]!;
      assert.deepEqual({ none, endedAfterMs }, { none: null, endedAfterMs: null });
      await assertOnlyThese(top, beside);
    }));

  it('continues leaves first: a stopped child is not hung up on when its parent ends', function () {
    return withHost(async ({ host }) => {
      const top = await Actor.start(); // of another session: nobody there keeps the group from being orphaned
      await top.ask('subreaper');
      const root = await top.fork();
      await root.ask('setsid');
      const child = await root.fork();
      await child.ask('group', 0);
      await child.ask('survive');
      await child.ask('exitOn', SIGTERM, 42);
      const held = await slowTrees.holdContinuing(this, host.pid);
      const stopped = trees.stop(host, root);
      await held.reached;
      const between = [child, root].map(({ pid }) => trees.isStopped(pid));
      await held.letGo();
      await stopped;
      assert.deepEqual(between, [false, true]);
      assert.equal(await top.reap(child), 42 << 8);
    });
  });

  it('reports whom it may not signal, and stops the others', async function () {
    await withHost(async ({ host }) => {
      const { top, root, beside } = await setting();
      const protectedOne = await root.fork();
      await protectedOne.ask('survive');
      await protectedOne.ask('handle', SIGTERM);
      const ours = await root.fork();
      for (const actor of [ours, root]) await actor.ask('uid', 65534);
      const outcomes = trees.outcomes(await trees.stop(host, root));
      assert.deepEqual(
        [root, ours, protectedOne].map(({ pid }) => outcomes.get(pid)),
        ['ended', 'ended', 'denied'],
      );
      await assertOnlyThese(top, beside, protectedOne);
    }, asNobody(this));
  });

  it('says that a tree is the foreground job of a terminal', () =>
    withHost(async ({ host }) => {
      const above = await Actor.start();
      const job = await above.fork();
      await job.ask('terminal');
      const background = await job.fork();
      await background.ask('group', 0);
      const preview = async ({ pid }: Actor) => {
        const { key } = await host.request('processes/find', { pid });
        return host.request('tree/preview', { key });
      };
      const { foreground, rows } = await preview(job);
      assert.equal(foreground, true);
      assert.deepEqual(
        rows.map(({ pid }) => pid),
        [job.pid, background.pid],
      );
      assert.equal((await preview(above)).foreground, true);
      assert.equal((await preview(background)).foreground, false);
      assert.equal(procfs.stat(job.pid)?.state, 'S');
    }));
});
