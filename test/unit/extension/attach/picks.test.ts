import assert from 'node:assert/strict';
import { Picks } from '../../../../extension/attach/picks';
import type { TargetToken } from '../../../../native-host/protocol';
import { settled } from '../../views/fakeClock';
import { FakeHost, hello, hostError } from '../../views/fakeHost';
import { keyOf, row } from '../../views/rows';

const successor = { ...row(5), key: '5:2' as ReturnType<typeof keyOf> };

function make() {
  const host = new FakeHost();
  const lines: string[] = [];
  host.on('target/hold', ({ key }) => ({ row: { ...row(5), key } }));
  const picks = new Picks(host, (line) => lines.push(line));
  const tokens = (method: 'target/hold' | 'target/release') =>
    host.asked
      .filter((one) => one.method === method)
      .map(({ params }) => (params as { token: TargetToken }).token);
  const held = () => tokens('target/hold').filter((one) => !tokens('target/release').includes(one));
  return { host, lines, picks, tokens, held };
}

describe('picks', () => {
  it('know who is meant by a number', () => {
    const { picks } = make();
    assert.equal(picks.of(5), undefined);
    picks.add(row(5));
    assert.equal(picks.of(5)?.key, keyOf(5));
    assert.equal(picks.of(6), undefined);
  });

  it('still mean the one that has ended', async () => {
    for (const event of ['target/exited', 'target/reaped'] as const) {
      const { host, picks, tokens } = make();
      picks.add(row(5));
      assert.equal(await picks.hasEndedNow(row(5)), false);
      const status = { kind: 'exited', code: 0 } as const;
      const [token] = tokens('target/hold');
      host.notify(event, { token: token!, at: 1, parent: null, status, source: 'pidfd' });
      assert.equal(picks.hasEnded(row(5)), true);
      assert.equal(picks.of(5)?.key, keyOf(5));
    }
  });

  it('know of an end between the list and the choice', async () => {
    const { host, picks } = make();
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    picks.add(row(5));
    assert.equal(await picks.hasEndedNow(row(5)), true);
  });

  it('do not take a failure for an end', async () => {
    const { host, lines, picks } = make();
    host.on('target/hold', () => Promise.reject(hostError('Exhausted')));
    picks.add(row(5));
    assert.equal(await picks.hasEndedNow(row(5)), false);
    assert.match(lines[0]!, /could not be held/);
  });

  it('mean the newest pick of a number, and hold only that', async () => {
    const { picks, held } = make();
    picks.add(row(5));
    picks.add(row(5));
    picks.add(successor);
    await settled();
    assert.equal(picks.of(5)?.key, successor.key);
    assert.equal(held().length, 1);
    picks.release(keyOf(5));
    assert.equal(picks.of(5)?.key, successor.key);
  });

  it('let go of whom nobody needs any more', async () => {
    const { host, picks, held } = make();
    picks.add(row(5));
    await settled();
    picks.release(keyOf(5));
    await settled();
    assert.equal(picks.of(5), undefined);
    assert.deepEqual(held(), []);
    host.become({ kind: 'starting' });
    picks.release(keyOf(5)); // twice is once
  });

  it('are at most 64, the last ones', async () => {
    const { picks, held } = make();
    for (let pid = 1; pid <= 70; pid++) picks.add(row(pid));
    await settled();
    assert.equal(picks.of(6), undefined);
    assert.equal(picks.of(7)?.pid, 7);
    assert.equal(held().length, 64);
  });

  it('are held again by the next native host, and by the first one once', async () => {
    const { host, picks, tokens } = make();
    host.on('target/hold', ({ key }) => {
      host.become({ kind: 'ready', hello }); // the request has started it
      return { row: { ...row(5), key } };
    });
    picks.add(row(5));
    await settled();
    assert.equal(tokens('target/hold').length, 1);
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    host.restart();
    assert.equal(await picks.hasEndedNow(row(5)), true);
    assert.equal(tokens('target/hold').length, 2);
  });
});
