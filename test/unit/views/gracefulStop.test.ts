import assert from 'node:assert/strict';
import type { SignalOutcome } from '../../../native-host/protocol';
import { GracefulStop, type StopPhase } from '../../../views/stopping/gracefulStop';
import { parseSequence, sequenceText } from '../../../views/stopping/stopSequence';
import { FakeClock, settled } from './fakeClock';
import { hostError } from './fakeHost';

const steps = [
  { signal: 15, waitMs: 5000 },
  { signal: 9, waitMs: 1000 },
];

function make(
  outcome: (signal: number) => SignalOutcome = () => 'sent',
  ready: Promise<void> = Promise.resolve(),
) {
  const clock = new FakeClock();
  const sent: string[] = [];
  const phases: StopPhase[] = [];
  const stop = new GracefulStop({
    steps,
    clock,
    prepare: () => ready,
    send: (signal, first) => {
      sent.push(`${signal} at ${clock.now()}${first ? ' first' : ''}`);
      return Promise.resolve().then(() => outcome(signal));
    },
    onPhase: (phase) => phases.push(phase),
  });
  return { clock, sent, phases, stop };
}

describe('GracefulStop', () => {
  it('waits, then sends the next signal, and says when it survives all', async () => {
    const { clock, sent, phases, stop } = make();
    const end = stop.run();
    await clock.advance(6000);
    assert.equal(await end, 'survived');
    assert.deepEqual(sent, ['15 at 0 first', '9 at 5000']);
    assert.deepEqual(phases[0], { signal: 15, next: 9, until: 5000 });
    assert.deepEqual(phases[1], { signal: 9, next: null, until: 6000 });
  });

  it('sends nothing after the end', async () => {
    const { clock, sent, stop } = make();
    const end = stop.run();
    await clock.advance(4999);
    stop.ended();
    assert.equal(await end, 'ended');
    await clock.advance(9000);
    assert.deepEqual(sent, ['15 at 0 first']);
    assert.equal(clock.waiting, 0);
  });

  it('sends nothing after a cancel', async () => {
    const { clock, sent, stop } = make();
    const end = stop.run();
    await clock.advance(1000);
    stop.cancel();
    assert.equal(await end, 'cancelled');
    assert.equal(sent.length, 1);
  });

  it('does not say that it lets live whom it has sent the last signal', async () => {
    const { clock, stop } = make();
    const end = stop.run();
    await clock.advance(5500);
    stop.cancel();
    assert.equal(await end, 'survived');
  });

  it('kills at once when told to, once', async () => {
    const { clock, sent, stop } = make();
    const end = stop.run();
    await clock.advance(1000);
    stop.killNow();
    await settled();
    stop.killNow();
    await clock.advance(999);
    stop.ended();
    assert.equal(await end, 'ended');
    assert.deepEqual(sent, ['15 at 0 first', '9 at 1000']);
  });

  it('waits after Kill Now as long as the sequence waits after SIGKILL', async () => {
    const { clock, phases, stop } = make();
    const end = stop.run();
    await clock.advance(10);
    stop.killNow();
    await clock.advance(1000);
    assert.equal(await end, 'survived');
    assert.equal(phases.at(-1)?.until, 1010);
  });

  it('hears what is said while a signal is on its way', async () => {
    const killed = make((signal) => {
      if (signal === 15) killed.stop.killNow();
      else killed.stop.ended();
      return 'sent';
    });
    assert.equal(await killed.stop.run(), 'ended');
    assert.deepEqual(killed.sent, ['15 at 0 first', '9 at 0']);
    const cancelled = make(() => {
      cancelled.stop.cancel();
      return 'sent';
    });
    assert.equal(await cancelled.stop.run(), 'cancelled');
    assert.deepEqual(cancelled.sent, ['15 at 0 first']);
  });

  it('hears what is said before anything can be sent', async () => {
    const ready = settled();
    const cancelled = make(() => 'sent', ready);
    const [cancelledEnd] = [cancelled.stop.run(), cancelled.stop.cancel()];
    assert.equal(await cancelledEnd, 'cancelled');
    assert.deepEqual(cancelled.sent, []);
    const killed = make(() => 'endedAlready', ready);
    const [killedEnd] = [killed.stop.run(), killed.stop.killNow()];
    assert.equal(await killedEnd, 'ended');
    assert.deepEqual(killed.sent, ['9 at 0 first']);
    const ended = make(() => 'sent', ready);
    const [endedEnd] = [ended.stop.run(), ended.stop.ended()];
    assert.equal(await endedEnd, 'ended');
    assert.deepEqual(ended.sent, []);
  });

  it('takes a process that is gone, or a zombie, for ended', async () => {
    const gone = make(() => {
      throw hostError('Gone');
    });
    assert.equal(await gone.stop.run(), 'ended');
    assert.equal(await make(() => 'endedAlready').stop.run(), 'ended');
  });

  it('stops where sending fails, and sends nothing again', async () => {
    const { sent, stop } = make(() => {
      throw hostError('Denied');
    });
    await assert.rejects(stop.run(), { message: 'Denied' });
    assert.equal(sent.length, 1);
  });
});

describe('stop sequence', () => {
  it('reads what settings.json says', () => {
    assert.deepEqual(parseSequence([{ signal: 'SIGTERM', waitMs: 5000 }]), [steps[0]]);
    assert.equal(sequenceText(steps), 'SIGTERM, after 5 s SIGKILL');
  });

  it('refuses what is no sequence', () => {
    const bad: unknown[] = [
      undefined,
      [],
      {},
      [null],
      [{ signal: 'TERM', waitMs: 1 }],
      [{ signal: 'SIGTERM' }],
      [{ signal: 'SIGTERM', waitMs: -1 }],
      [{ signal: 'SIGTERM', waitMs: 0.5 }],
      [{ signal: 'SIGTERM', waitMs: 600_001 }],
      Array.from({ length: 11 }, () => ({ signal: 'SIGTERM', waitMs: 1 })),
    ];
    for (const setting of bad) assert.equal(parseSequence(setting), undefined);
  });
});
