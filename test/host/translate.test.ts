import assert from 'node:assert/strict';
import type { InitializeResult, NamespaceId, NamespaceNumber } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { type HostClient, HostError } from '../support/hostClient';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const ownNamespace = (): NamespaceId => procfs.namespace('self', 'pid');

function expectedProof({ capabilities }: InitializeResult): 'ioctl' | 'scan' {
  return capabilities.some(({ id, available }) => id === 'translateIoctls' && available)
    ? 'ioctl'
    : 'scan';
}

/** A process three PID namespaces down, that is no init, and its numbers as /proc tells them. */
async function nested(
  context: Mocha.Context,
): Promise<{ actor: Actor; inits: Actor[]; numbers: NamespaceNumber[] }> {
  const inits = await namespaces.nest(context, 3);
  const actor = (await inits.at(-1)?.fork()) as Actor;
  const ids = [ownNamespace(), ...inits.map(({ pid }) => procfs.namespace(pid, 'pid'))];
  const levels = procfs.numbers(actor.pid).slice(-ids.length);
  const numbers = ids.map((namespace, level) => ({ namespace, nsPid: levels[level] ?? NaN }));
  assert.equal(new Set(ids).size, 4);
  assert.equal(numbers[0]?.nsPid, actor.pid);
  assert.equal(numbers[3]?.nsPid, 2);
  return { actor, inits, numbers };
}

describe('translate/numbers', () => {
  it('of a process of our own namespace is one number', () =>
    withHost(async ({ host }) => {
      const { pid } = await children.own();
      const row = await host.request('processes/find', { pid });
      const translation = await host.request('translate/numbers', { key: row.key });
      assert.deepEqual(translation.numbers, [{ namespace: ownNamespace(), nsPid: pid }]);
      assert.equal(translation.row.key, row.key);
    }));

  it('of a process three levels down are four, the outermost first', function () {
    return withHost(async ({ host }) => {
      const { actor, numbers } = await nested(this);
      const { key } = await host.request('processes/find', { pid: actor.pid });
      assert.deepEqual((await host.request('translate/numbers', { key })).numbers, numbers);
    });
  });

  it('are told to an ordinary user too, but not which namespaces they belong to', async function () {
    await withHost(async ({ host }) => {
      const { actor, numbers } = await nested(this);
      const { key } = await host.request('processes/find', { pid: actor.pid });
      const seen = (await host.request('translate/numbers', { key })).numbers;
      assert.deepEqual(
        seen.map(({ nsPid }) => nsPid),
        numbers.map(({ nsPid }) => nsPid),
      );
      for (const [level, { namespace }] of seen.entries()) {
        assert.ok(namespace === null || namespace === numbers[level]?.namespace);
      }
    }, asNobody(this));
  });

  it('of a process that has gone are none', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const { key } = await host.request('processes/find', { pid: child.pid });
      child.exit(0);
      await parent.reap(child);
      await rejectsWith('Gone', host.request('translate/numbers', { key }));
    }));
});

describe('translate/find', () => {
  it('finds a process by each of its numbers', function () {
    return withHost(async ({ host, initialized }) => {
      const { actor, numbers } = await nested(this);
      const { key } = await host.request('processes/find', { pid: actor.pid });
      for (const { namespace, nsPid } of numbers) {
        assert.ok(namespace);
        const found = await host.request('translate/find', { namespace, nsPid });
        assert.equal(found?.row.key, key);
        assert.deepEqual(found.numbers, numbers);
        assert.equal(found.proof, expectedProof(initialized));
      }
    });
  });

  it('finds number 1 of a namespace', function () {
    return withHost(async ({ host }) => {
      for (const init of (await nested(this)).inits) {
        const namespace = procfs.namespace(init.pid, 'pid');
        const found = await host.request('translate/find', { namespace, nsPid: 1 });
        assert.equal(found?.row.pid, init.pid);
        assert.equal(found.row.kind, 'containerInit');
      }
    });
  });

  it('says null when nobody has the number there', function () {
    return withHost(async ({ host }) => {
      const { actor, inits } = await nested(this);
      const namespace = procfs.namespace(actor.pid, 'pid');
      assert.equal(await host.request('translate/find', { namespace, nsPid: 3 }), null);
      assert.equal(await host.request('translate/find', { namespace, nsPid: actor.pid }), null);
      actor.exit(0);
      await inits.at(-1)?.reap(actor);
      assert.equal(await host.request('translate/find', { namespace, nsPid: 2 }), null);
    });
  });

  it('does not take a thread for a process', function () {
    return withHost(async ({ host }) => {
      const { actor } = await nested(this);
      const nsPid = await actor.askNumber('thread');
      const namespace = procfs.namespace(actor.pid, 'pid');
      await assertNoThread(host, namespace, nsPid, actor.pid);
    });
  });

  it('refuses what is no PID namespace, and numbers that nobody can have', () =>
    withHost(async ({ host }) => {
      const namespace = ownNamespace();
      for (const nsPid of [0, -1, 1.5, 2 ** 31]) {
        await rejectsWith('Invalid', host.request('translate/find', { namespace, nsPid }));
      }
      for (const text of ['', 'pid:[1]', '-1', '1e9', '0x10']) {
        const request = { namespace: text as NamespaceId, nsPid: 1 };
        await rejectsWith('Invalid', host.request('translate/find', request));
      }
    }));

  it('says that there is no such PID namespace', () =>
    withHost(async ({ host }) => {
      const unknown = { namespace: '1' as NamespaceId, nsPid: 1 };
      await rejectsWith('Gone', host.request('translate/find', unknown));
      const network = { namespace: procfs.namespace('self', 'net'), nsPid: 1 };
      await rejectsWith('Gone', host.request('translate/find', network));
    }));

  it('does not confuse sibling namespaces that hold the same number', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [one] = await namespaces.nest(this, 1, parent);
      const [other] = await namespaces.nest(this, 1, parent);
      assert.ok(one && other);
      for (const init of [one, other]) {
        const child = await init.fork();
        assert.equal(child.nsPid, 2);
        const namespace = procfs.namespace(init.pid, 'pid');
        const found = await host.request('translate/find', { namespace, nsPid: 2 });
        assert.equal(found?.row.pid, child.pid);
      }
    });
  });
});

async function assertNoThread(
  host: HostClient,
  namespace: NamespaceId,
  nsPid: number,
  leader: number,
): Promise<void> {
  const asked = host.request('translate/find', { namespace, nsPid });
  const refused = asked.then(
    (found) => found === null,
    (error: unknown) => error instanceof HostError && error.is('NotAProcess'),
  );
  assert.ok(await refused, `thread ${nsPid} of ${leader} was taken for a process`);
}
