// Several at once want one process held: whoever has done with it leaves it to the others.
import assert from 'node:assert/strict';
import { DebuggedTargets } from '../../../extension/debugging/debuggedTargets';
import { GracefulStops } from '../../../extension/stopping/gracefulStops';
import { InterruptedStops } from '../../../extension/stopping/interruptedStops';
import { runAfterExits } from '../../../extension/waits/runAfterExit';
import type { ProcessRow } from '../../../native-host/protocol';
import { Emitter } from '../../../views/emitter';
import type { AfterExit } from '../../../views/targets/afterExit';
import { TargetsController } from '../../../views/targets/targetsController';
import { Waits } from '../../../views/waits/waits';
import { FakeClock, settled } from '../views/fakeClock';
import { row } from '../views/rows';
import { FakeMemory } from './fakeMemory';
import { fakeServices } from './fakeServices';

const node = row(4711, 1, { comm: 'node' });
const build: AfterExit = { kind: 'task', name: 'build', source: 'npm', folder: null };
const steps = [
  { signal: 15, waitMs: 5000 },
  { signal: 9, waitMs: 1000 },
];
const limit = { until: 'each', limitMs: 60_000 } as const;

function make() {
  const { host, services, told } = fakeServices();
  host.on('target/hold', () => ({ row: node }));
  host.on('signal/send', () => ({ outcome: 'sent', members: null }));
  const clock = new FakeClock();
  const targets = new TargetsController(host, clock, assert.fail);
  const waits = new Waits(targets, clock, assert.fail);
  const ends: string[] = [];
  waits.onDidEnd(({ kind }) => ends.push(kind));
  const starter = { isTrusted: () => true, start: () => Promise.resolve(true) };
  runAfterExits(services, targets, starter);
  const noProgress = () => ({ report: () => undefined, done: () => undefined });
  const interrupted = new InterruptedStops(new FakeMemory());
  const stops = new GracefulStops(host, targets, clock, interrupted, noProgress);
  const stop = async () => {
    const end = stops.stop(node, steps);
    await clock.advance(10);
    return async () => {
      stops.cancel(stops.stopping[0]!);
      await end;
    };
  };
  const shown = () => targets.model.all.map(({ why }) => why);
  const reap = async () => {
    const status = { kind: 'exited', code: 0 } as const;
    const [target] = targets.model.all;
    host.notify('target/reaped', { token: target!.token, at: 2000, status, source: 'pidfd' });
    await settled();
  };
  return { host, clock, targets, waits, ends, told, stop, shown, reap, ...debugging(targets) };
}

function debugging(targets: TargetsController) {
  const [followed, over] = [new Emitter<{ id: string; row: ProcessRow }>(), new Emitter<string>()];
  new DebuggedTargets({ onDidFollow: followed.event, onDidEnd: over.event }, targets, assert.fail);
  const debug = async (id: string) => {
    followed.fire({ id, row: node });
    await settled();
    return async () => {
      over.fire(id);
      await settled();
    };
  };
  return { debug };
}

describe('why a process is held', () => {
  it('is not that it is debugged, where the session ended before a wait did', async () => {
    const { clock, waits, shown, debug } = make();
    const end = await debug('a');
    await waits.start([node], limit);
    await end();
    assert.deepEqual(shown(), ['waiting']);
    await clock.advance(60_000);
    assert.deepEqual(shown(), []);
  });

  it('is not that it is stopped, where that was cancelled before a wait was over', async () => {
    const { clock, waits, shown, stop } = make();
    const cancel = await stop();
    await waits.start([node], limit);
    assert.deepEqual(shown(), ['stopping']);
    await cancel();
    assert.deepEqual(shown(), ['waiting']);
    await clock.advance(60_000);
    assert.deepEqual(shown(), []);
  });

  it('is not that it is debugged, where the session ended while it was being stopped', async () => {
    const { shown, debug, stop } = make();
    const end = await debug('a');
    const cancel = await stop();
    await end();
    assert.deepEqual(shown(), ['stopping']);
    await cancel();
    assert.deepEqual(shown(), []);
  });

  it('is still that it is debugged, where one of two sessions ended', async () => {
    const { shown, debug } = make();
    const [end, endOther] = [await debug('a'), await debug('b')];
    await end();
    assert.deepEqual(shown(), ['debugging']);
    await endOther();
    assert.deepEqual(shown(), []);
  });

  it('is one thing to see, and its end is told to whoever waits', async () => {
    const { targets, ends, shown, debug, reap } = make();
    await targets.hold(node);
    await debug('a');
    assert.deepEqual(shown(), ['debugging']);
    await reap();
    assert.deepEqual(ends, ['one']);
  });

  it('is that it is pinned, where it is not waited for any more: and nothing starts at its end', async () => {
    const { clock, targets, waits, told, shown, reap } = make();
    await targets.hold(node, 'pinned');
    await waits.start([node], { ...limit, after: build });
    await clock.advance(60_000);
    assert.deepEqual(shown(), ['pinned']);
    await reap();
    assert.deepEqual(told, [
      'node (pid 4711) is not waited for any more, so nothing starts: task build',
    ]);
  });

  it('is no wait any more that a person has ended, of whatever it was a part', async () => {
    const { clock, targets, waits, ends, shown } = make();
    const target = await targets.hold(node, 'pinned');
    await waits.start([node], limit);
    await targets.drop(target, 'waiting', 'all');
    assert.deepEqual([shown(), waits.open], [['pinned'], []]);
    await clock.advance(60_000);
    assert.deepEqual([shown(), ends], [['pinned'], []]);
  });
});
