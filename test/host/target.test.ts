import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notifications, ProcessKey, TargetToken } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { HostError, type HostClient } from '../support/hostClient';
import { pidReuse } from '../support/pidReuse';
import { rejectsWith } from '../support/rejectsWith';
import { waitStatus } from '../support/waitStatus';
import { withHost } from '../support/withHost';
import { wordy } from '../support/wordy';

const token = 'target-1' as TargetToken;
type Reaped = Notifications['target/reaped'];

async function hold(host: HostClient, { pid }: Actor, name = token): Promise<ProcessKey> {
  const { key } = await host.request('processes/find', { pid });
  const { row } = await host.request('target/hold', { token: name, key });
  assert.equal(row.key, key);
  return key;
}

const exited = (host: HostClient): Promise<Notifications['target/exited']> =>
  host.next('target/exited', (event) => event.token === token);
const reaped = (host: HostClient): Promise<Reaped> =>
  host.next('target/reaped', (event) => event.token === token);

const endings: Readonly<Record<string, (actor: Actor) => void>> = {
  'exit 0': (actor) => actor.exit(0),
  'exit 7': (actor) => actor.exit(7),
  'exit 255': (actor) => actor.exit(255),
  SIGTERM: (actor) => actor.raise('SIGTERM'),
  SIGKILL: (actor) => actor.raise('SIGKILL'),
};

describe('target/hold', () => {
  for (const [name, end] of Object.entries(endings)) {
    it(`tells how a stranger's child ended: ${name}`, () =>
      withHost(async ({ host, initialized, assertNoFdLeak }) => {
        const { parent, child } = await children.foreign();
        await hold(host, child);
        await assertNoFdLeak(1);
        end(child);
        const { at, parent: collector } = await exited(host);
        assert.ok(Math.abs(at - Date.now()) < 2000);
        assert.deepEqual(collector, { pid: parent.pid, comm: 'actor' });
        assert.deepEqual(host.untaken('target/reaped'), []);
        const raw = await parent.reap(child);
        const { status, source } = await reaped(host);
        waitStatus.equal(initialized, status, raw);
        assert.notEqual(source, status.kind === 'unknown' ? 'pidfd' : 'none');
      }));
  }

  it('tells how a child of the client ended', () =>
    withHost(async ({ host, initialized }) => {
      const child = await children.own();
      await hold(host, child);
      child.exit(3);
      waitStatus.equal(initialized, (await reaped(host)).status, 3 << 8);
    }));

  it('tells how an orphan ended, and who must collect it now', () =>
    withHost(async ({ host, initialized }) => {
      const { parent, child } = await children.reparented();
      await hold(host, child);
      child.exit(9);
      assert.equal((await exited(host)).parent?.pid, parent.pid);
      await parent.reap(child);
      waitStatus.equal(initialized, (await reaped(host)).status, 9 << 8);
    }));

  it("says whether there is a core dump exactly as the parent's wait does", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-core-'));
    try {
      await withHost(async ({ host, initialized }) => {
        const { parent, child } = await children.foreign();
        await child.ask('chdir', folder);
        await child.ask('allowCore');
        await hold(host, child);
        child.raise('SIGQUIT');
        const raw = await parent.reap(child);
        waitStatus.equal(initialized, (await reaped(host)).status, raw);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reports a zombie after the reply, and its status once it is collected', () =>
    withHost(async ({ host, initialized }) => {
      const { parent, child } = await children.zombie(5);
      await hold(host, child);
      assert.equal((await exited(host)).parent?.pid, parent.pid);
      const reply = host.received.findIndex(({ result }) =>
        JSON.stringify(result)?.startsWith('{"row"'),
      );
      const event = host.received.findIndex(({ method }) => method === 'target/exited');
      assert.ok(reply >= 0 && reply < event, `reply ${reply}, event ${event}`);
      await parent.reap(child);
      waitStatus.equal(initialized, (await reaped(host)).status, 5 << 8);
    }));

  it('is not misled by a first thread that exits early', () =>
    withHost(async ({ host, initialized }) => {
      const { parent, child } = await children.foreign();
      await hold(host, child);
      await child.ask('handover');
      await children.becomesZombie(child.pid);
      await host.request('processes/list', null); // time enough for an early event to have come
      assert.deepEqual(host.untaken('target/exited'), []);
      child.exit(7);
      await exited(host);
      const raw = await parent.reap(child);
      assert.equal(raw, 7 << 8);
      waitStatus.equal(initialized, (await reaped(host)).status, raw);
    }));

  it('goes on through an exec', () =>
    withHost(async ({ host, initialized }) => {
      const { parent, child } = await children.foreign();
      const key = await hold(host, child);
      await child.exec(buildFixtures().twin, 'successor');
      assert.equal((await host.request('processes/find', { pid: child.pid })).key, key);
      child.exit(4);
      await parent.reap(child);
      waitStatus.equal(initialized, (await reaped(host)).status, 4 << 8);
    }));

  it('goes on through an exec by a thread that is not the first', () =>
    withHost(async ({ host, initialized, assertNoFdLeak }) => {
      const { parent, child } = await children.foreign();
      const key = await hold(host, child);
      const { twin } = buildFixtures();
      await child.ask('threadExec', twin, 'twin');
      const { row } = await host.request('processes/details', { key });
      assert.equal(row.exe, twin);
      assert.deepEqual(host.untaken('target/exited'), []);
      await assertNoFdLeak(1);
      child.exit(4);
      await exited(host);
      await parent.reap(child);
      waitStatus.equal(initialized, (await reaped(host)).status, 4 << 8);
    }));

  it('of a vfork child, which its parent cannot but wait for', () =>
    withHost(async ({ host, initialized }) => {
      const { parent, child: maker } = await children.foreign();
      const pid = await maker.askNumber('vfork');
      const { key } = await host.request('processes/find', { pid });
      await host.request('target/hold', { token, key });
      await host.request('signal/send', { key, signal: constants.signals.SIGKILL });
      assert.deepEqual((await exited(host)).parent, { pid: maker.pid, comm: 'actor' });
      assert.equal(await maker.askNumber('reap', pid), constants.signals.SIGKILL);
      waitStatus.equal(initialized, (await reaped(host)).status, constants.signals.SIGKILL);
      assert.ok(parent);
    }));

  it('as an ordinary user tells the status of what is not its own', async function () {
    await withHost(async ({ host, initialized }) => {
      const { parent, child } = await children.foreign();
      await hold(host, child);
      child.exit(6);
      await exited(host);
      await parent.reap(child);
      waitStatus.equal(initialized, (await reaped(host)).status, 6 << 8);
    }, asNobody(this));
  });

  it('holds one process under two tokens, and tells both', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const other = 'target-2' as TargetToken;
      const { parent, child } = await children.foreign();
      await hold(host, child);
      await hold(host, child, other);
      await assertNoFdLeak(2);
      child.exit(1);
      await parent.reap(child);
      await reaped(host);
      await host.next('target/reaped', (event) => event.token === other);
    }));

  it('says that the process has gone', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const { key } = await host.request('processes/find', { pid: child.pid });
      child.exit(0);
      await parent.reap(child);
      await rejectsWith('Gone', host.request('target/hold', { token, key }));
    }));

  it('holds no impostor', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await pidReuse.recycle(
        this,
        parent,
        async ({ pid }) => (await host.request('processes/find', { pid })).key,
        async (_impostor, key) => {
          await rejectsWith('Gone', host.request('target/hold', { token, key }));
        },
      );
    });
  });

  it('refuses a token that is in use and keeps what it holds', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const { parent, child } = await children.foreign();
      const key = await hold(host, child);
      await rejectsWith('Invalid', host.request('target/hold', { token, key }));
      await assertNoFdLeak(1);
      child.exit(0);
      await parent.reap(child);
      await reaped(host);
    }));

  it('frees the token before it says "reaped"', () =>
    withHost(async ({ host }) => {
      for (let time = 0; time < 20; time++) {
        const { parent, child } = await children.zombie(time);
        await hold(host, child);
        await parent.reap(child);
        const { status } = await reaped(host);
        if (status.kind === 'exited') assert.equal(status.code, time);
        parent.exit(0);
      }
    }));
});

/** A process that nobody else has anything to do with. */
async function keyOf(host: HostClient): Promise<ProcessKey> {
  const { pid } = await children.own();
  return (await host.request('processes/find', { pid })).key;
}

/** Whoever is to be read from now on waits for its turn. Resolves when they have all been read. */
async function readMuch(host: HostClient): Promise<{ readonly over: Promise<unknown> }> {
  const { pid, [Symbol.dispose]: end } = await wordy();
  const { key } = await host.request('processes/find', { pid });
  const asked = Array.from({ length: 10 }, () => host.request('processes/details', { key }));
  return { over: Promise.all(asked).finally(end) };
}

/** Whether it came in time; on a slow machine the host may be done before it has read the release. */
async function isOvertaken(host: HostClient): Promise<boolean> {
  const [one, next] = [await keyOf(host), await keyOf(host)];
  const busy = await readMuch(host);
  const early = host.request('target/hold', { token, key: one }).then(
    () => null,
    (error: unknown) => error,
  );
  const released = host.request('target/release', { token });
  const held = host.request('target/hold', { token, key: next });
  await Promise.all([released, busy.over]);
  assert.equal((await held).row.key, next);
  await host.request('target/release', { token });
  const refusal = await early;
  assert.ok(refusal === null || (refusal instanceof HostError && refusal.is('Invalid')));
  return refusal !== null;
}

describe('target/release', () => {
  it('closes the pidfd and silences the target', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const { parent, child } = await children.foreign();
      await hold(host, child);
      assert.equal(await host.request('target/release', { token }), null);
      await assertNoFdLeak();
      child.exit(0);
      await parent.reap(child);
      await rejectsWith('Gone', host.request('processes/find', { pid: child.pid }));
      assert.deepEqual(host.untaken('target/exited'), []);
      assert.deepEqual(host.untaken('target/reaped'), []);
    }));

  it('of a zombie stops waiting for its parent', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const { parent, child } = await children.zombie(0);
      await hold(host, child);
      await exited(host);
      await host.request('target/release', { token });
      await assertNoFdLeak();
      await parent.reap(child);
      await host.request('processes/list', null);
      assert.deepEqual(host.untaken('target/reaped'), []);
    }));

  it('that overtakes its hold leaves nothing held, and the token to whoever is next', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      await eventually('a release overtakes its hold', () => isOvertaken(host), 10_000);
      await assertNoFdLeak();
    }));

  it('is done as often as one likes', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const child = await children.own();
      await hold(host, child);
      for (let time = 0; time < 3; time++) await host.request('target/release', { token });
      await host.request('target/release', { token: 'never held' as TargetToken });
      await assertNoFdLeak();
      await hold(host, child); // the token is free again
      await host.request('target/release', { token });
    }));
});
