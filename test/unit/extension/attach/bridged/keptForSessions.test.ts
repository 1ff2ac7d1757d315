import assert from 'node:assert/strict';
import { KeptForSessions } from '../../../../../extension/attach/bridged/keptForSessions';
import { FakeClock } from '../../../views/fakeClock';

const address = 'ws://127.0.0.1:9229/id';

function build(release: () => Promise<void> = () => Promise.resolve()) {
  const said: string[] = [];
  const one = {
    release: () => {
      said.push('released');
      return release();
    },
  };
  const clock = new FakeClock();
  const afterwards = () => Promise.resolve(void said.push('afterwards'));
  const kept = new KeptForSessions(clock, (line) => said.push(line), afterwards);
  kept.keep(address, one);
  const settle = async (ms: number) => {
    await clock.advance(ms);
    return said;
  };
  return { kept, one, settle };
}

describe('what is kept for debug sessions', () => {
  it('is let go after the last session', async () => {
    const { kept, one, settle } = build();
    for (const id of ['a', 'b']) kept.started(id, address);
    kept.ended('a', address);
    assert.deepEqual(await settle(6_000_000), []);
    kept.ended('b', address);
    assert.deepEqual(await settle(4999), []);
    assert.equal(kept.get(address), one);
    assert.deepEqual(await settle(1), ['released', 'afterwards']);
    assert.equal(kept.get(address), undefined);
  });

  it('stays for a restart', async () => {
    const { kept, settle } = build();
    kept.started('a', address);
    kept.ended('a', address);
    await settle(1000);
    kept.started('a', address);
    assert.deepEqual(await settle(6_000_000), []);
  });

  it('is let go where no session comes', async () => {
    const { settle } = build();
    assert.deepEqual(await settle(599_999), []);
    assert.deepEqual(await settle(1), ['released', 'afterwards']);
  });

  it('does not care for other sessions', async () => {
    const { kept, settle } = build();
    kept.started('a', address);
    kept.started('x', 'ws://127.0.0.1:9229/other');
    kept.ended('x', 'ws://127.0.0.1:9229/other');
    kept.ended('y', address);
    assert.deepEqual(await settle(6_000_000), []);
  });

  it('is let go with the window, and never twice', async () => {
    const { kept, settle } = build();
    kept.dispose();
    assert.deepEqual(await settle(6_000_000), ['released']);
  });

  it('says what goes wrong', async () => {
    const { settle } = build(() => Promise.reject(new Error('no')));
    const said = await settle(600_000);
    assert.match(said[1] ?? '', /Error: no/);
    assert.equal(said[2], 'afterwards');
  });
});
