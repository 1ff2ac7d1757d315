import assert from 'node:assert/strict';
import type { StoredStop } from '../../../extension/stopping/interruptedStops';
import { tellInterrupted } from '../../../extension/stopping/tellInterrupted';
import { settled } from '../views/fakeClock';
import { row } from '../views/rows';
import { fakeServices } from './fakeServices';

async function tell(count: number, more: Partial<StoredStop> = {}) {
  const { services, told, reports } = fakeServices();
  const place = { bootId: 'boot', pidNamespace: '1' } as unknown as StoredStop['place'];
  const found = Array.from({ length: count }, (_, n) => ({
    row: row(n + 5),
    place,
    signal: 15,
    ...more,
  }));
  const resumed: StoredStop[] = [];
  let forgotten = false;
  const stops = { found, write: () => Promise.resolve(void (forgotten = true)) };
  await tellInterrupted(services, stops, (stop) => Promise.resolve(void resumed.push(stop)));
  await settled();
  return { told, reports, resumed, forgotten: () => forgotten };
}

describe('tellInterrupted', () => {
  it('offers for each of a few to go on', async () => {
    const { told, resumed, forgotten } = await tell(3);
    assert.match(told[0]!, /^Stopping name5 \(pid 5\) was interrupted/);
    assert.deepEqual(
      resumed.map(({ row: { pid } }) => pid),
      [5, 6, 7],
    );
    assert.equal(forgotten(), true);
  });

  it('says of a tree that it was one', async () => {
    const { told, resumed } = await tell(1, { isTree: true });
    assert.match(told[0]!, /^Stopping the tree of name5 \(pid 5\) was interrupted.*continued/);
    assert.equal(resumed[0]?.isTree, true);
  });

  it('says many by one message, and lists each', async () => {
    const { told, reports, resumed, forgotten } = await tell(100);
    assert.equal(told.length, 1);
    assert.match(told[0]!, /^Stopping 100 processes was interrupted/);
    assert.equal(reports[0]!.match(/^- Stopping name/gm)?.length, 100);
    assert.deepEqual(resumed, []);
    assert.equal(forgotten(), true);
  });

  it('says nothing of nothing', async () => {
    const { told } = await tell(0);
    assert.deepEqual(told, []);
  });
});
