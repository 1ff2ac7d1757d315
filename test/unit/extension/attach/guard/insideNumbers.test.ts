import assert from 'node:assert/strict';
import type { NamespaceId } from '../../../../../native-host/protocol';
import { settled } from '../../../views/fakeClock';
import {
  answer,
  attach,
  impostor,
  makeGuard,
  settleMs,
  target,
  traced,
  untraced,
} from './makeGuard';

/** The target is 7 out here, and 3 in its container. */
const inside = { type: 'cppdbg', pid: undefined, processId: 3, pipeTransport: {} };
const outside = { type: 'cppdbg', pid: undefined, processId: 3 };
const namespace = '4026532000' as NamespaceId;

function makeInside() {
  const made = makeGuard();
  const numbers = [
    { namespace: null, nsPid: 7 },
    { namespace, nsPid: 3 },
  ];
  made.host.on('translate/numbers', () => ({ row: target, numbers, proof: 'pidfd' }));
  const pick = async () => {
    made.picks.add(target);
    made.picks.inside.add(3, target);
    await settled();
  };
  return { ...made, pick };
}

describe('a number that holds inside a container', () => {
  it('means who was picked by it, for a debugger that runs there', async () => {
    const { start, pick, clock, world, concluded } = makeInside();
    await pick();
    const { done, tracker } = await start(inside);
    assert.deepEqual([done?.pidfdKey, done?.['processId']], [target.key, 3]);
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.equal(concluded[0]?.verdict.kind, 'proven');
  });

  it('means nobody else when that one has ended, before the session and on Restart', async () => {
    const { start, pick, recycle, tellEnd, said } = makeInside();
    await pick();
    const { tracker } = await start(inside);
    tellEnd();
    const message = attach();
    tracker!.willReceive(message);
    assert.equal(message.command, 'disconnect');
    await pick();
    recycle();
    assert.equal((await start(inside)).done, undefined);
    assert.match(said.at(-1) ?? '', /^target .* has ended/);
  });

  it('is told from the number of a successor in there', async () => {
    const { start, pick, recycle, host, world, clock, concluded, ends } = makeInside();
    await pick();
    const { tracker } = await start(inside);
    tracker!.willReceive(attach());
    await settled();
    recycle();
    world.proofs.set(impostor.key, traced);
    const asked: unknown[] = [];
    host.on('translate/batch', ({ items }) => {
      asked.push(...items);
      return { results: [{ answers: [7] } as never] };
    });
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.equal(concluded[0]?.verdict.kind, 'hit');
    const source = { kind: 'namespace', namespace };
    assert.deepEqual(asked[0], { numbers: [3], source, target: { kind: 'ours' } });
    assert.deepEqual(ends, ['disconnect', 'stop']);
  });

  it('is refused for a debugger that runs out here, with and without the key, once', async () => {
    const { start, pick, said, world } = makeInside();
    await pick();
    for (const more of [outside, { ...outside, pidfdKey: target.key }]) {
      assert.equal((await start(more)).done, undefined);
      assert.match(said.pop() ?? '', /^3 is the number that target .* in its own container/);
    }
    world.proofs.set(target.key, untraced);
    assert.ok((await start(outside)).done, 'whoever starts again means the number out here');
  });

  it('means nobody that is known where it was typed, or the pick was used', async () => {
    const { start, pick, guard, clock, said, ends } = makeInside();
    await pick();
    guard.written({ request: 'attach', name: 'A', ...inside });
    assert.equal((await start(inside)).done?.pidfdKey, undefined, 'typed');
    await pick();
    assert.ok((await start(inside)).done?.pidfdKey);
    assert.equal((await start(inside)).done?.pidfdKey, undefined, 'used');
    await clock.advance(settleMs);
    assert.deepEqual([said, ends], [[], []]);
  });

  it('does not explain what the kernel would say to a debugger out here', async () => {
    const { start, pick, world, said } = makeInside();
    world.reasons = [{ kind: 'notDumpable' }];
    await pick();
    const { tracker } = await start(inside);
    tracker!.willReceive(attach());
    const failed = answer(false);
    tracker!.didSend(failed);
    assert.deepEqual([failed['message'], said], ['raw', []]);
  });
});
