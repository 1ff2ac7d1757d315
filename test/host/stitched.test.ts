import assert from 'node:assert/strict';
import type { ProcessRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { type HostClient, HostError } from '../support/hostClient';
import { holdUp } from '../support/holdUp';
import { pidReuse } from '../support/pidReuse';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

type Look = (host: HostClient, pid: number) => Promise<ProcessRow | null>;

const looks: Readonly<Record<string, Look>> = {
  'processes/find': async (host, pid) => {
    try {
      return await host.request('processes/find', { pid });
    } catch (error) {
      if (error instanceof HostError && error.is('Gone')) return null;
      throw error;
    }
  },
  'processes/list': async (host, pid) => {
    const { rows } = await host.request('processes/list', null);
    return rows.find((row) => row.pid === pid) ?? null;
  },
};

/** The number changes hands after the host has opened it and before it reads by it: no row may be made of both. */
describe('a number that changes hands while its row is read', () => {
  for (const [name, look] of Object.entries(looks)) {
    it(`gives no row of two processes: ${name}`, function () {
      return withHost(async ({ host }) => {
        const parent = await children.own();
        const before = async (victim: Actor) => {
          const held = await holdUp(this, host.pid, {
            when: 'after',
            call: 'pidfd_open',
            argument: 0,
            value: victim.pid,
          });
          const seen = look(host, victim.pid);
          await held.reached;
          return { held, seen };
        };
        await pidReuse.recycle(this, parent, before, async (impostor, { held, seen }) => {
          await impostor.exec(buildFixtures().twin, 'impostor');
          await held.letGo();
          const row = await seen;
          if (!row) return; // gone, and said so
          const { key } = await host.request('processes/find', { pid: impostor.pid });
          assert.deepEqual([row.key, row.args], [key, ['impostor']]);
        });
      });
    });
  }

  it('gives no details of two processes', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const before = async (victim: Actor) => {
        const { key } = await host.request('processes/find', { pid: victim.pid });
        // Signal 0 is how it asks whether the row that it has just read is one process': so this is after the row.
        const held = await holdUp(this, host.pid, {
          when: 'after',
          call: 'pidfd_send_signal',
          argument: 1,
          value: 0,
        });
        const refused = rejectsWith('Gone', host.request('processes/details', { key }));
        await held.reached;
        return { held, refused };
      };
      await pidReuse.recycle(this, parent, before, async (_impostor, { held, refused }) => {
        await held.letGo();
        await refused;
      });
    });
  });
});
