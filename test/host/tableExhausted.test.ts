import assert from 'node:assert/strict';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { withoutFiles } from '../support/fewFiles';
import { inBothModes } from '../support/liveTable';
import { wrongRows } from '../support/wrongRows';

describe('a table that has no descriptors left', () => {
  inBothModes('stays as it is, and is right when there are some again', async ({ host, table }) => {
    const parent = await children.own();
    await table.until('it is there', () => table.find(parent.pid).length === 1);
    const said = (text: string) => host.stderr.includes(text);
    // One second after the other, it reads what is told and looks at what nobody tells.
    const failed = ['the table cannot be read', 'processes cannot be looked at'];
    const failures = table.mode.kind === 'events' ? failed : ['scan failed'];
    let child: Actor | undefined;
    await withoutFiles(host, async () => {
      child = await parent.fork();
      await eventually('it says so', () => failures.every(said), 8000);
    });
    await table.until('the child is there', () => table.find(child!.pid).length === 1);
    const next = await parent.fork();
    await table.until('the next is there', () => table.find(next.pid).length === 1);
    assert.deepEqual(table.row(next.pid).args, table.row(parent.pid).args);
    assert.deepEqual(await wrongRows(host, table, 15_000), []);
  });
});
