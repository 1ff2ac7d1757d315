import assert from 'node:assert/strict';
import type { ProcessRow } from '../../native-host/protocol';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { holdUp } from '../support/holdUp';
import { LiveTable } from '../support/liveTable';
import { namespaces } from '../support/namespaces';
import { pidReuse } from '../support/pidReuse';
import { withHost } from '../support/withHost';

/** From a thousand new ones on the table has a second thread help (native-host/table/tableReader.ts). */
const size = 1100;

const byPid = (rows: readonly ProcessRow[]) => new Map(rows.map((row) => [row.pid, row]));

describe('a table of a crowd', () => {
  it('has the same rows as those that are read one by one', () =>
    withHost(async ({ host }) => {
      const parent = await children.own();
      const zombie = await children.zombie(7);
      const { key } = await host.request('processes/find', { pid: process.pid });
      const pids = (await parent.ask('crowd', size)).map(Number);
      const rows = byPid((await host.request('processes/list', null)).rows);
      for (const pid of [...pids.slice(0, 5), ...pids.slice(-5), process.pid, parent.pid, 1]) {
        const row = rows.get(pid) ?? assert.fail(`${pid} is missing`);
        const alone = await host.request('processes/find', { pid });
        const { parentKey, state } = row; // a row alone knows no parent, and its state may change
        assert.deepEqual(row, { ...alone, parentKey, state });
        assert.equal(parentKey, rows.get(row.ppid)?.key ?? null);
      }
      assert.ok(pids.every((pid) => rows.get(pid)?.exe === buildFixtures().actor));
      assert.equal(rows.get(process.pid)?.key, key);
      assert.equal(rows.get(zombie.child.pid)?.state, 'Z');
    }));

  it('says soon who is the first one of a container', function () {
    return withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      await (await children.own()).ask('crowd', size);
      const listed = byPid((await host.request('processes/list', null)).rows);
      assert.equal(listed.get(init.pid)?.kind, 'containerInit', 'a list is right at once');
      const table = await LiveTable.subscribe(host);
      await table.until('it is known', () => table.row(init.pid).kind === 'containerInit');
      assert.equal(table.find(init.pid).length, 1);
    });
  });

  it('has no row of two processes', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await (await children.own()).ask('crowd', size);
      const before = async (victim: { pid: number }) => {
        const where = {
          when: 'after',
          call: 'pidfd_open',
          argument: 0,
          value: victim.pid,
        } as const;
        const held = await holdUp(this, host.pid, where);
        const seen = host.request('processes/list', null);
        await held.reached;
        return { held, seen };
      };
      await pidReuse.recycle(this, parent, before, async (impostor, { held, seen }) => {
        await impostor.exec(buildFixtures().twin, 'impostor');
        await held.letGo();
        const row = byPid((await seen).rows).get(impostor.pid);
        if (!row) return; // gone, and said so
        const { key } = await host.request('processes/find', { pid: impostor.pid });
        assert.deepEqual([row.key, row.args], [key, ['impostor']]);
      });
    });
  });
});
