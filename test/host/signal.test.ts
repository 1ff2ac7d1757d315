import assert from 'node:assert/strict';
import { constants } from 'node:os';
import type { ProcessRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { holdUp } from '../support/holdUp';
import { patience } from '../support/patience';
import { pidReuse } from '../support/pidReuse';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const { SIGUSR1, SIGTERM, SIGSTOP, SIGCONT, SIGKILL } = constants.signals;

const row = (host: HostClient, { pid }: Actor): Promise<ProcessRow> =>
  host.request('processes/find', { pid });

async function assertFelt(actor: Actor, count: number): Promise<void> {
  await eventually(`${count} signals`, async () => (await actor.askNumber('felt')) === count);
}

describe('signal/send', () => {
  for (const [name, make] of Object.entries({
    'a child of the client': children.own,
    "a stranger's child": async () => (await children.foreign()).child,
    'an orphan': async () => (await children.reparented()).child,
  })) {
    it(`reaches ${name}`, () =>
      withHost(async ({ host }) => {
        const actor = await make();
        await actor.ask('handle', SIGUSR1);
        const { key } = await row(host, actor);
        for (let count = 1; count <= 3; count++) {
          const { outcome } = await host.request('signal/send', { key, signal: SIGUSR1 });
          assert.equal(outcome, 'sent');
          await assertFelt(actor, count);
        }
      }));
  }

  it('stops, continues and ends', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      const { key } = await row(host, actor);
      const state = (): string | undefined => procfs.stat(actor.pid)?.state;
      await host.request('signal/send', { key, signal: SIGSTOP });
      await eventually('stopped', () => state() === 'T');
      await host.request('signal/send', { key, signal: SIGCONT });
      await eventually('continued', () => state() === 'S');
      await host.request('signal/send', { key, signal: SIGKILL });
      await eventually('ended', () => state() === undefined);
    }));

  it('reaches a process whose first thread has exited, though /proc calls it a zombie', () =>
    withHost(async ({ host }) => {
      const { child } = await children.foreign();
      await child.ask('handle', SIGUSR1);
      await child.ask('handover');
      await children.becomesZombie(child.pid);
      const { key, program } = await row(host, child);
      const { outcome } = await host.request('signal/send', { key, signal: SIGUSR1, program });
      assert.equal(outcome, 'sent');
      await assertFelt(child, 1);
    }));

  it('says of a zombie that it has ended already', () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      const { key } = await row(host, child);
      const { outcome } = await host.request('signal/send', { key, signal: SIGTERM });
      assert.equal(outcome, 'endedAlready');
    }));

  it('says so too where the row was drawn before the end', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const { key, program } = await row(host, child);
      child.exit(0);
      await children.becomesZombie(child.pid);
      const guarded = { key, program, signal: SIGTERM };
      assert.equal((await host.request('signal/send', guarded)).outcome, 'endedAlready');
      await parent.reap(child);
      await rejectsWith('Gone', host.request('signal/send', guarded));
    }));

  it('says that the process has gone', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const { key, pid } = await row(host, child);
      child.exit(0);
      await parent.reap(child);
      const data = await rejectsWith('Gone', host.request('signal/send', { key, signal: SIGTERM }));
      assert.equal(data.pid, pid);
    }));

  it('never reaches an impostor: 50 recycled numbers', function () {
    this.timeout(10_000 * patience);
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const before = (victim: Actor): Promise<ProcessRow> => row(host, victim);
      for (let time = 0; time < 50; time++) {
        await pidReuse.recycle(this, parent, before, async (impostor, { key, program }) => {
          await impostor.ask('handle', SIGUSR1);
          const sent = host.request('signal/send', { key, signal: SIGUSR1 });
          await rejectsWith('Gone', sent);
          const guarded = host.request('signal/send', { key, signal: SIGUSR1, program });
          await rejectsWith('Gone', guarded);
          assert.equal(await impostor.askNumber('felt'), 0);
          const own = await row(host, impostor);
          await host.request('signal/send', { key: own.key, signal: SIGUSR1 });
          await assertFelt(impostor, 1); // it would have felt the others
        });
      }
    });
  });

  it('reaches nobody when the number changes hands just before the signal goes out', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const before = async (victim: Actor) => {
        const { key } = await row(host, victim);
        const held = await holdUp(this, host.pid, {
          when: 'before',
          call: 'pidfd_send_signal',
          argument: 1,
          value: SIGUSR1,
        });
        const sent = rejectsWith('Gone', host.request('signal/send', { key, signal: SIGUSR1 }));
        await held.reached;
        return { held, sent };
      };
      await pidReuse.recycle(this, parent, before, async (impostor, { held, sent }) => {
        await impostor.ask('handle', SIGUSR1);
        await held.letGo();
        await sent;
        assert.equal(await impostor.askNumber('felt'), 0);
      });
    });
  });

  it('asks again when the program has changed, and names the new one', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      const { key, program } = await row(host, actor);
      await actor.exec(buildFixtures().twin, 'successor');
      await actor.ask('handle', SIGUSR1);
      const guarded = host.request('signal/send', { key, program, signal: SIGUSR1 });
      const data = await rejectsWith('ProgramChanged', guarded);
      assert.deepEqual(data.row?.args, ['successor']);
      assert.equal(data.row.key, key);
      assert.equal(await actor.askNumber('felt'), 0);
      const again = { key, program: data.row.program, signal: SIGUSR1 };
      assert.equal((await host.request('signal/send', again)).outcome, 'sent');
      await assertFelt(actor, 1);
    }));

  it('names the owner where the kernel refuses', async function () {
    await withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.ask('handle', SIGUSR1);
      const { key } = await row(host, actor);
      const sent = host.request('signal/send', { key, signal: SIGUSR1 });
      const data = await rejectsWith('Denied', sent);
      assert.equal(data.row?.uid, 0);
      assert.equal(data.row.pid, actor.pid);
      assert.match(data.cause ?? '', /EPERM/);
      assert.equal(await actor.askNumber('felt'), 0);
    }, asNobody(this));
  });

  it('as an ordinary user reaches what is its own', async function () {
    await withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.ask('handle', SIGUSR1);
      await actor.ask('uid', 65534);
      const { key, uid } = await row(host, actor);
      assert.equal(uid, 65534);
      await host.request('signal/send', { key, signal: SIGUSR1 });
      await assertFelt(actor, 1);
    }, asNobody(this));
  });

  it('refuses what is no signal', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.ask('handle', SIGUSR1);
      const { key } = await row(host, actor);
      for (const signal of [-1, 65, 1000, 2 ** 32 + SIGUSR1, SIGUSR1 + 0.5, NaN]) {
        const sent = host.request('signal/send', { key, signal });
        await rejectsWith('Invalid', sent, String(signal));
      }
      assert.equal(await actor.askNumber('felt'), 0);
    }));

  it('sent to several by one request reaches each that is meant, and tells of the others', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const { parent, child } = await children.foreign();
      const actors = [await children.own(), child, await children.own()] as const;
      for (const actor of actors) await actor.ask('handle', SIGUSR1);
      const rows = await Promise.all(actors.map((actor) => row(host, actor)));
      child.exit(0);
      await parent.reap(child);
      const [first, gone, changed] = rows as [ProcessRow, ProcessRow, ProcessRow];
      const items = [
        { key: first.key, program: first.program },
        { key: gone.key },
        { key: changed.key, program: 'another' as ProcessRow['program'] },
        { key: first.key },
      ];
      const { results } = await host.request('signal/batch', { items, signal: SIGUSR1 });
      const told = results.map((one) => ('error' in one ? one.error.kind : one.result.outcome));
      assert.deepEqual(told, ['sent', 'Gone', 'ProgramChanged', 'sent']);
      assert.equal(await actors[2].askNumber('felt'), 0);
      assert.ok((await actors[0].askNumber('felt')) >= 1);
      await assertNoFdLeak();
    }));

  it('answers 200 signals that were asked for at once, each', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.ask('handle', SIGUSR1);
      const { key } = await row(host, actor);
      const request = (): Promise<unknown> => host.request('signal/send', { key, signal: SIGUSR1 });
      const outcomes = await Promise.all(Array.from({ length: 200 }, request));
      assert.deepEqual(outcomes, Array(200).fill({ outcome: 'sent', members: null }));
      assert.ok((await actor.askNumber('felt')) >= 1);
    }));
});
