import assert from 'node:assert/strict';
import { hostError } from '../../../views/fakeHost';
import { row } from '../../../views/rows';
import { answer, makeGuard, settleMs, target } from './makeGuard';

const listener = { address: '127.0.0.1', port: 5005 };
const other = row(8);

/** A process of another network, and a port here that leads to it. */
function bridged() {
  const guarded = makeGuard();
  guarded.world.facts = { shares: { pid: true, mnt: true, net: false, user: true } };
  guarded.ways.set(40_000, { row: target, listener });
  const start = () =>
    guarded.start({
      ...{ type: 'java', hostName: '127.0.0.1', port: 40_000 },
      ...{ pid: undefined, pidfdKey: target.key },
    });
  return { ...guarded, start };
}

const attach = () => ({ type: 'request', seq: 1, command: 'attach', arguments: {} });

describe('the guard of a session that goes through a bridge', () => {
  it('sees who waits at the far end', async () => {
    for (const [by, others, kind] of [
      ['connected', [], 'proven'],
      ['helper', [other], 'proven'],
      [null, [other], 'hit'],
      [null, [], 'unproven'],
    ] as const) {
      const { start, host, clock, concluded } = bridged();
      const ports: number[] = [];
      host.on('sockets/served', ({ port }) => (ports.push(port), { by, at: null, others }));
      const { tracker } = await start();
      tracker!.willReceive(attach());
      tracker!.didSend(answer());
      await clock.advance(settleMs + 100);
      assert.equal(concluded[0]?.verdict.kind, kind);
      assert.deepEqual([...new Set(ports)], [5005]);
    }
  });

  it('ends it with the process, as nobody knows any more who is there', async () => {
    const { start, host, clock, recycle, concluded, ends } = bridged();
    host.on('sockets/served', () => Promise.reject(hostError('Gone')));
    const { tracker } = await start();
    tracker!.willReceive(attach());
    recycle();
    tracker!.didSend(answer());
    await clock.advance(settleMs + 100);
    assert.equal(concluded[0]?.verdict.kind, 'ended');
    assert.deepEqual(ends, ['stop']);
    assert.ok(!host.methodsAsked().includes('sockets/owner'), 'the port here is our own');
  });

  it('starts none where the way is closed, or leads to another', async () => {
    for (const way of [undefined, { row: other, listener }]) {
      const { start, ways, said } = bridged();
      if (way) ways.set(40_000, way);
      else ways.clear();
      assert.equal((await start()).done, undefined);
      assert.match(said[0] ?? '', /The way to target .* in its network is closed/);
    }
  });

  it('makes a Restart leave where the way was closed meanwhile', async () => {
    const { start, ways, said } = bridged();
    const { tracker } = await start();
    ways.clear();
    const message = attach();
    tracker!.willReceive(message);
    assert.equal(message.command, 'disconnect');
    const failed = answer(false);
    tracker!.didSend(failed);
    assert.deepEqual(said, [failed['message']]);
  });
});
