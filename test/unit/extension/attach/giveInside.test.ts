import assert from 'node:assert/strict';
import { giveInside } from '../../../../extension/attach/picking/giveInside';
import { Picks } from '../../../../extension/attach/picks';
import { NothingDone } from '../../../../extension/errors';
import type { AttachPreflight, Known } from '../../../../native-host/protocol';
import { FakeHost } from '../../views/fakeHost';
import { row } from '../../views/rows';

const target = row(4711, 1, { comm: 'shop' });

function make(numbers: Known<readonly number[]>) {
  const host = new FakeHost();
  host.on('attach/preflight', () => ({ row: target, facts: { numbers } }) as AttachPreflight);
  return { host, picks: new Picks(host, () => undefined) };
}

describe('the number that is given for a debugger inside', () => {
  it('is the innermost one, and known to mean that process', async () => {
    const services = make({ value: [4711, 30, 7] });
    assert.equal(await giveInside(services, target), 7);
    assert.equal(services.picks.inside.take(7), target);
    assert.equal(services.picks.inside.take(7), undefined);
  });

  it('is never the one out here instead', async () => {
    for (const numbers of [
      { unknown: 'permission' },
      { unknown: 'gone' },
      { value: [] },
    ] as const) {
      const refused = giveInside(make(numbers), target);
      await assert.rejects(refused, (error: Error) => {
        assert.ok(error instanceof NothingDone);
        assert.match(error.message, /^The number that shop \(pid 4711\) has in its own container/);
        return true;
      });
    }
  });
});
