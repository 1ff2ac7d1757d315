import assert from 'node:assert/strict';
import type { NamespaceId, Translation } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import { type HostClient, HostError } from '../support/hostClient';
import { holdUp } from '../support/holdUp';
import { namespaces } from '../support/namespaces';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { requireCapability } from '../support/requireCapability';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const nsPid = 5;

/** What ends between two looks is "Gone", and as good an answer as null. */
async function findOrGone(host: HostClient, namespace: NamespaceId): Promise<Translation | null> {
  try {
    return await host.request('translate/find', { namespace, nsPid });
  } catch (error) {
    if (error instanceof HostError && error.is('Gone')) return null;
    throw error;
  }
}

/**
 * Two sibling PID namespaces take turns: each time the process `5` of one dies, and its outer number goes to a process
 * that is `5` in the other. Number and depth agree then, and only the namespace itself tells the two apart.
 */
describe('translate/find between siblings that take turns with one number', function () {
  this.timeout(10_000 * patience);

  async function setting(
    context: Mocha.Context,
  ): Promise<{ inits: [Actor, Actor]; outer: number }> {
    if (process.getuid?.() !== 0) skipBecause(context, 'only root may choose PIDs out here');
    const parent = await children.own();
    const [one] = await namespaces.nest(context, 1, parent);
    const [other] = await namespaces.nest(context, 1, parent);
    assert.ok(one && other);
    const spare = await parent.fork();
    spare.exit(0);
    await parent.reap(spare);
    return { inits: [one, other], outer: spare.pid };
  }

  it('follows each turn', function () {
    return withHost(async ({ host }) => {
      const { inits, outer } = await setting(this);
      const ids = inits.map(({ pid }) => procfs.namespace(pid, 'pid'));
      for (let turn = 0; turn < 20; turn++) {
        const init = inits[turn % 2] as Actor;
        const child = await init.place(nsPid, outer);
        const { key } = await host.request('processes/find', { pid: outer });
        for (const [index, namespace] of ids.entries()) {
          const found = await host.request('translate/find', { namespace, nsPid });
          const expected = index === turn % 2 ? key : undefined;
          assert.equal(found?.row.key, expected, `turn ${turn}, namespace ${index}`);
        }
        child.exit(0);
        await init.reap(child);
      }
    });
  });

  it('is not misled when the turn changes between two of its own system calls', function () {
    return withHost(async ({ host }) => {
      const { inits, outer } = await setting(this);
      const [one, other] = inits;
      const namespace = procfs.namespace(one.pid, 'pid');
      const first = await one.place(nsPid, outer);
      const held = await holdUp(this, host.pid, {
        when: 'before',
        call: 'pidfd_open',
        argument: 0,
        value: outer,
      });
      const asked = findOrGone(host, namespace);
      await held.reached; // it knows the outer number, and has not opened it yet
      first.exit(0);
      await one.reap(first);
      await other.place(nsPid, outer);
      await held.letGo();
      assert.equal((await asked)?.row.key, undefined, 'nobody has that number there any more');
    });
  });

  it('never mixes them up while they take turns', function () {
    return withHost(async ({ host, initialized }) => {
      const { inits, outer } = await setting(this);
      requireCapability(this, initialized, 'pidfs'); // start times are no proof
      const namespace = procfs.namespace(inits[0].pid, 'pid');
      const allowed = new Set<string>();
      const found: string[] = [];
      let turning = true;
      const ask = async (): Promise<void> => {
        while (turning) {
          const translation = await findOrGone(host, namespace);
          if (!translation) continue;
          found.push(translation.row.key);
          const innermost = translation.numbers.at(-1);
          assert.equal(innermost?.nsPid, nsPid);
          // null: it became a zombie between two looks, and a zombie does not say
          assert.ok(innermost.namespace === namespace || innermost.namespace === null);
        }
      };
      const asking = Promise.allSettled([ask(), ask(), ask()]);
      for (let turn = 0; turn < 150; turn++) {
        const init = inits[turn % 2] as Actor;
        const child = await init.place(nsPid, outer);
        if (turn % 2 === 0) allowed.add(`${outer}:${await child.askNumber('inode', nsPid)}`);
        child.exit(0);
        await init.reap(child);
      }
      turning = false;
      for (const asked of await asking) if (asked.status === 'rejected') throw asked.reason;
      assert.ok(found.length > 0, 'it was found at least once');
      for (const key of found) assert.ok(allowed.has(key), `${key} is not of that namespace`);
    });
  });
});
