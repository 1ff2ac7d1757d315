import assert from 'node:assert/strict';
import { GracefulStops } from '../../../extension/stopping/gracefulStops';
import { InterruptedStops } from '../../../extension/stopping/interruptedStops';
import { TargetsController } from '../../../views/targets/targetsController';
import { FakeClock, settled } from '../views/fakeClock';
import { FakeHost, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';
import { describeError, ProcessError } from '../../../extension/errors';
import { launch } from '../../../extension/host/launch';
import { Supervisor } from '../../../extension/host/supervisor';
import type { HostApi } from '../../../views/hostApi';
import { eventually } from '../../support/eventually';
import { FakeChild } from './fakeChild';
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
  const parts = makeOver(host, new FakeClock());
  const reaped = () =>
    host.notify('target/reaped', {
      token: parts.targets.model.all[0]!.token,
      at: 9,
      status: { kind: 'signaled', signal: 15, coreDumped: false },
      source: 'pidfd',
    });
  return { host, reaped, ...parts };
}

function makeOver<H extends HostApi>(host: H, clock: FakeClock) {
  const memory = new FakeMemory();
  const interrupted = new InterruptedStops(memory);
  const targets = new TargetsController(host, clock, () => undefined);
  const shown: string[] = [];
  let cancel = () => {};
  const stops = new GracefulStops(host, targets, clock, interrupted, (title, on) => {
    shown.push(title);
    cancel = on;
    return { report: (text) => void shown.push(text), done: () => void shown.push('done') };
  });
  return { clock, memory, interrupted, targets, stops, shown, cancel: () => cancel() };
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

  it('counts down as it would have where somebody sets the clock', async () => {
    const { clock, stops, shown, cancel } = make();
    const end = stops.stop(node, steps);
    await clock.advance(0);
    clock.set(86_400_000);
    await clock.advance(1000);
    clock.set(-86_400_000);
    await clock.advance(1000);
    cancel();
    await end;
    assert.deepEqual(shown.slice(2, 4), [
      'SIGTERM sent, SIGKILL in 4 s',
      'SIGTERM sent, SIGKILL in 3 s',
    ]);
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

  it('hears a cancel before the process is held, and stops nobody twice then either', async () => {
    const { host, stops, targets } = make();
    let reply = (): void => undefined;
    host.on('target/hold', () => new Promise((resolve) => (reply = () => resolve({ row: node }))));
    const end = stops.stop(node, steps);
    await settled();
    await assert.rejects(stops.stop(node, steps), /is being stopped already/);
    stops.cancel(stops.stopping[0]!);
    reply();
    assert.equal(await end, 'cancelled');
    assert.deepEqual(host.methodsAsked(), ['target/hold', 'target/release']);
    assert.deepEqual(targets.model.all, []);
  });

  it('says so where there is nothing to cancel or to kill any more', async () => {
    const { stops, targets } = make();
    const target = await targets.hold(node, 'stopping');
    assert.throws(() => stops.cancel(target), /node \(pid 4711\) is not being stopped any more/);
    assert.throws(() => stops.killNow(target), /is not being stopped any more/);
  });

  it('sends nothing more when the window closes, and keeps the note for the next one', async () => {
    const { host, clock, memory, interrupted, stops } = make();
    const end = stops.stop(node, steps);
    await clock.advance(10);
    interrupted.close();
    stops.dispose();
    assert.equal(await end, 'cancelled');
    await clock.advance(10_000);
    const sent = host.asked.filter(({ method }) => method === 'signal/send');
    assert.equal(sent.length, 1);
    assert.equal(new InterruptedStops(memory).found[0]?.signal, 15);
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

describe('a graceful stop whose native host is killed', () => {
  /** Real supervision over native hosts in memory; `answer` is what each does with a signal. */
  function supervised(answer: () => unknown) {
    const clock = new FakeClock();
    const children: FakeChild[] = [];
    const asked: unknown[] = [];
    const spawn = () => {
      const child = new FakeChild();
      const nth = children.push(child);
      child.rpc.onRequest('target/hold', () => ({ row: node }));
      child.rpc.onRequest('target/release', () => null);
      child.rpc.onRequest('signal/send', (params: object) => {
        asked.push([nth, params]);
        return answer();
      });
      return child;
    };
    const log = () => undefined;
    const start = () => launch({ programs: ['node'], spawn, log, clock });
    const supervisor = new Supervisor({ clock, log, supported: true, launch: start });
    return { children, asked, ...makeOver(supervisor, clock), host: supervisor };
  }

  it('in the countdown: says so, holds the process again by key, and goes on with it', async () => {
    const { children, asked, stops, clock, shown, host } = supervised(() => ({
      ...{ outcome: 'sent', members: null },
    }));
    const end = stops.stop(node, steps);
    await eventually('the first signal', () => shown.length === 2);
    children[0]!.die();
    await eventually('it is said', () => shown.length === 3);
    assert.match(shown[2]!, /^SIGTERM sent, SIGKILL in 5 s; the native host ended and is started/);
    await clock.advance(250);
    await eventually('the next one', () => host.state.kind === 'ready');
    assert.match(shown.at(-1)!, /^SIGTERM sent, SIGKILL in 5 s$/);
    await clock.advance(5000);
    await eventually('the second signal', () => asked.length === 2);
    const key = keyOf(4711);
    assert.deepEqual(asked, [
      [1, { key, signal: 15, program: 'p1' }],
      [2, { key, signal: 9 }],
    ]);
    await eventually('it waits for its end', () => /waiting 1 s/.test(shown.at(-1)!));
    await clock.advance(1000);
    assert.equal(await end, 'survived');
  });

  it('and cancelled before the next one is there: sends nothing more', async () => {
    const { children, asked, stops, clock, shown, cancel, host } = supervised(() => ({
      ...{ outcome: 'sent', members: null },
    }));
    const end = stops.stop(node, [{ signal: 15, waitMs: 100 }, steps[1]!]);
    await eventually('the countdown', () => shown.length === 2);
    children[0]!.die();
    await eventually('its end', () => host.state.kind !== 'ready');
    await clock.advance(200);
    cancel();
    await clock.advance(250);
    assert.equal(await end, 'cancelled');
    assert.equal(asked.length, 1);
  });

  it('while a signal is on its way: says that nobody knows, and sends nothing more', async () => {
    const { children, asked, stops, clock, memory } = supervised(
      () => new Promise(() => undefined),
    );
    const end = stops.stop(node, steps);
    end.catch(() => undefined);
    await eventually('the request', () => asked.length === 1);
    children[0]!.die();
    const error: unknown = await end.catch((reason: unknown) => reason);
    const { text } = describeError(new ProcessError(node, error, true));
    assert.match(text, /unknown whether/);
    await clock.advance(10_000);
    assert.equal(asked.length, 1);
    assert.deepEqual(new InterruptedStops(memory).found, []);
  });
});
