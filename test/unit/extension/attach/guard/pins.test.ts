import assert from 'node:assert/strict';
import { Pins } from '../../../../../extension/attach/guard/pins';
import type { Params, ProcessKey } from '../../../../../native-host/protocol';
import { FakeClock } from '../../../views/fakeClock';
import { FakeHost } from '../../../views/fakeHost';
import { row } from '../../../views/rows';

/** Each of them is a descriptor of the native host. */
const most = 128;

describe('processes that are held for their sessions', () => {
  function make(isInUse: (key: ProcessKey) => boolean) {
    const held = new Map<string, ProcessKey>();
    const host = new FakeHost()
      .on('target/hold', ({ token, key }: Params<'target/hold'>) => {
        held.set(token, key);
        return { row: row(Number(key.split(':')[0])) };
      })
      .on('target/release', ({ token }) => (held.delete(token), null));
    const pins = new Pins(host, new FakeClock(), () => undefined, isInUse);
    const pin = async (count: number) => {
      for (let pid = 1; pid <= count; pid++) await pins.pin(row(pid));
    };
    return { pins, pin, held: () => [...held.values()] };
  }

  it('are the last 128, and those before are let go', async () => {
    const { pins, pin, held } = make(() => false);
    await pin(most + 2);
    assert.equal(held().length, most);
    assert.deepEqual(
      [1, 2, 3].map((pid) => pins.get(row(pid).key)?.row.pid),
      [undefined, undefined, 3],
    );
    assert.equal(held()[0], row(3).key);
  });

  it('stay as long as a session is on them, however old', async () => {
    const { pins, pin, held } = make((key) => key === row(1).key);
    await pin(most + 1);
    assert.equal(held().length, most);
    assert.deepEqual(
      [1, 2].map((pid) => pins.get(row(pid).key)?.row.pid),
      [1, undefined],
    );
  });

  it('are as new as their last use', async () => {
    const { pins, pin } = make(() => false);
    await pin(most);
    pins.renew(row(1).key);
    await pins.pin(row(2));
    await pins.pin(row(most + 1));
    assert.deepEqual(
      [1, 2, 3].map((pid) => pins.get(row(pid).key)?.row.pid),
      [1, 2, undefined],
    );
  });
});
