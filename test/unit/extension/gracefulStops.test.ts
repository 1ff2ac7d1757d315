import assert from 'node:assert/strict';
import { GracefulStops } from '../../../extension/stopping/gracefulStops';
import { InterruptedStops } from '../../../extension/stopping/interruptedStops';
import { TargetsController } from '../../../views/targets/targetsController';
import { FakeClock, settled } from '../views/fakeClock';
import { FakeHost, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';
import { FakeMemory } from './fakeMemory';

const node = row(4711, 1, { comm: 'node' });
const steps = [
  { signal: 15, waitMs: 5000 },
  { signal: 9, waitMs: 1000 },
];

function make() {
  const host = new FakeHost();
  host.on('target/hold', () => ({ row: { ...node, program: 'newer' as never } }));
  host.on('signal/send', () => ({ outcome: 'sent', members: null }));
  const clock = new FakeClock();
  const memory = new FakeMemory();
  const targets = new TargetsController(host, clock, () => undefined);
  const shown: string[] = [];
  let cancel = () => {};
  const stops = new GracefulStops(
    host,
    targets,
    clock,
    new InterruptedStops(memory),
    (title, on) => {
      shown.push(title);
      cancel = on;
      return { report: (text) => void shown.push(text), done: () => void shown.push('done') };
    },
  );
  const reaped = () =>
    host.notify('target/reaped', {
      token: targets.model.all[0]!.token,
      at: 9,
      status: { kind: 'signaled', signal: 15, coreDumped: false },
      source: 'pidfd',
    });
  return { host, clock, memory, targets, stops, shown, reaped, cancel: () => cancel() };
}

describe('GracefulStops', () => {
  it('holds the process, sends what the row showed, and keeps how it ended', async () => {
    const { host, clock, targets, stops, shown, reaped } = make();
    const end = stops.stop(node, steps);
    await clock.advance(1000);
    assert.equal(targets.model.all[0]!.why, 'stopping');
    reaped();
    assert.equal(await end, 'ended');
    assert.deepEqual(host.methodsAsked(), ['target/hold', 'signal/send']);
    const params = { key: keyOf(4711), signal: 15, program: 'p1' };
    assert.deepEqual(host.asked[1]?.params, params);
    assert.deepEqual(shown, [
      'Stopping node (pid 4711)',
      'SIGTERM sent, SIGKILL in 5 s',
      'SIGTERM sent, SIGKILL in 4 s',
      'it has ended',
      'done',
    ]);
    assert.equal(targets.model.all[0]!.isFinished, true);
  });

  it('lets go of what is cancelled, unless it was held before', async () => {
    const { clock, targets, stops, cancel } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    cancel();
    assert.equal(await end, 'cancelled');
    assert.equal(targets.model.all.length, 0);
    const waited = await targets.hold(node);
    const again = stops.stop(node, steps);
    await clock.advance(10);
    assert.equal(waited.why, 'stopping');
    cancel();
    await again;
    assert.equal(waited.why, 'waiting');
  });

  it('stops nobody twice at once', async () => {
    const { clock, stops, cancel } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    await assert.rejects(stops.stop(node, steps), /is being stopped already/);
    cancel();
    await end;
  });

  it('kills at once', async () => {
    const { host, clock, stops, reaped } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    stops.killNow(stops.stopping[0]!);
    await settled();
    reaped();
    await end;
    assert.deepEqual(host.asked.at(-1)?.params, { key: keyOf(4711), signal: 9 });
  });

  it('leaves a note until it is over, for the window after a reload', async () => {
    const { clock, memory, stops, cancel } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    const [found] = new InterruptedStops(memory).found;
    assert.equal(found?.signal, 15);
    assert.equal(found.place.bootId, 'boot');
    cancel();
    await end;
    assert.deepEqual(new InterruptedStops(memory).found, []);
  });

  it('goes on over a restart of the native host, by key', async () => {
    const { host, clock, stops } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    host.restart();
    await clock.advance(6000);
    assert.equal(await end, 'survived');
    assert.deepEqual(
      host.methodsAsked().filter((method) => method !== 'target/release'),
      ['target/hold', 'signal/send', 'target/hold', 'signal/send'],
    );
  });

  it('ends with a zombie: nothing is felt there', async () => {
    const { host, clock, targets, stops } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    const { token } = targets.model.all[0]!;
    host.notify('target/exited', { token, at: 5, parent: { pid: 1, comm: 'init' } });
    assert.equal(await end, 'ended');
  });

  it('tells what it was not permitted to send, and holds nothing then', async () => {
    const { host, stops, targets } = make();
    host.on('signal/send', () => Promise.reject(hostError('Denied')));
    await assert.rejects(stops.stop(node, steps), { message: 'Denied' });
    assert.equal(targets.model.all.length, 0);
  });
});
