import assert from 'node:assert/strict';
import { answer, attach, makeGuard, settleMs, target, traced } from './makeGuard';

/** Its number is its own until it is collected. */
describe('the guard of a session on a process that is dead and not collected', () => {
  it('says that it has ended, and takes it for nobody who was met in its place', async () => {
    for (const [more, tracer] of [
      [{}, traced.tracer], // by the debugger that attached
      [{ type: 'debugpy', processId: 7 }, null],
      [{ type: 'x' }, null],
    ] as const) {
      const { start, world, clock, verdicts, ends } = makeGuard();
      const { tracker } = await start(more);
      tracker!.willReceive(attach());
      world.proofs.set(target.key, { hasExited: true, tracer });
      tracker!.didSend({ type: 'event', event: 'process', body: { systemProcessId: 7 } });
      tracker!.didSend(answer());
      await clock.advance(settleMs + 100);
      assert.deepEqual(verdicts(), ['ended']);
      assert.deepEqual(ends, []);
    }
  });
});
