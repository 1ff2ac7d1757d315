import assert from 'node:assert/strict';
import { pinVerb } from '../../../extension/commands/pin';
import { NothingDone } from '../../../extension/errors';
import type { Services } from '../../../extension/services';
import { TargetsController } from '../../../views/targets/targetsController';
import { FakeClock } from '../views/fakeClock';
import { row } from '../views/rows';
import { fakeServices } from './fakeServices';

describe('Pin', () => {
  const rows = [row(1), row(2), row(3)];

  function make() {
    const { host, services, told } = fakeServices();
    host.on('target/hold', ({ key }) => ({ row: rows.find((one) => one.key === key)! }));
    const targets = new TargetsController(host, new FakeClock(), () => undefined);
    const all = { ...services, targets } as unknown as Services;
    return { told, targets, pin: () => pinVerb.runMany!(all, rows) };
  }

  it('holds those of several that are not in Targets yet, and says how many', async () => {
    const { told, targets, pin } = make();
    await targets.hold(rows[0]!);
    await pin();
    assert.deepEqual(told, ['Pinned 2 processes']);
    assert.equal(targets.model.all.length, 3);
  });

  it('names the only one of several that was not there', async () => {
    const { told, targets, pin } = make();
    for (const one of rows.slice(1)) await targets.hold(one);
    await pin();
    assert.deepEqual(told, ['Pinned name1 (pid 1)']);
  });

  it('says that nothing was done where all are in Targets already', async () => {
    const { told, targets, pin } = make();
    await pin();
    await assert.rejects(pin(), (error: Error) => {
      assert.ok(error instanceof NothingDone);
      assert.equal(error.message, 'All 3 processes are in Targets already.');
      return true;
    });
    assert.deepEqual([told.length, targets.model.all.length], [1, 3]);
  });
});
