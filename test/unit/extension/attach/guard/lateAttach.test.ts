import assert from 'node:assert/strict';
import { answer, attach, impostor, makeGuard, settleMs, target, traced } from './makeGuard';

/** CodeLLDB does, and newer gdb: when VS Code says that all breakpoints are set. */
describe('the guard of a debugger that attaches late', () => {
  it('looks again where a debugger attaches when all is set, and that comes late', async () => {
    const { start, world, clock, concluded, recycle, ends } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    tracker!.didSend(answer());
    await clock.advance(settleMs + 100);
    assert.equal(concluded.pop()?.verdict.kind, 'unproven');
    tracker!.willReceive({ type: 'request', seq: 2, command: 'configurationDone' });
    recycle();
    world.proofs.set(impostor.key, traced);
    await clock.advance(100);
    assert.equal(concluded[0]?.verdict.kind, 'hit');
    assert.deepEqual(ends, ['disconnect', 'stop']);
  });

  for (const isAnswered of [true, false]) {
    it(`lets no debugger attach late to a process that has ended meanwhile${isAnswered ? '' : ', and has not answered yet'}`, async () => {
      const { start, tellEnd, recycle, clock, said, ends } = makeGuard();
      const { tracker } = await start();
      tracker!.willReceive(attach());
      if (isAnswered) tracker!.didSend(answer());
      tellEnd();
      recycle();
      const done = { type: 'request', seq: 2, command: 'configurationDone', arguments: {} };
      tracker!.willReceive(done);
      const args = { restart: false, terminateDebuggee: false };
      assert.deepEqual(done, { ...done, command: 'disconnect', arguments: args });
      if (!isAnswered) tracker!.didSend(answer(false));
      await clock.advance(settleMs + 100);
      assert.match(said.join(), /^target .* has ended. Nothing was attached to/);
      assert.deepEqual(ends, isAnswered ? ['stop'] : []);
    });
  }

  it('lets a debugger go on that was there when the process ended', async () => {
    const { start, world, tellEnd, clock } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    await clock.advance(100);
    tellEnd();
    const done = { type: 'request', seq: 2, command: 'configurationDone' };
    tracker!.willReceive(done);
    assert.equal(done.command, 'configurationDone');
  });
});
