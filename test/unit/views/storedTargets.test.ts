import assert from 'node:assert/strict';
import { FakeMemory, FullMemory } from '../extension/fakeMemory';
import { LoggingMemory } from '../../../views/memory';
import { exitSentence } from '../../../views/targets/exitText';
import { LiveStates } from '../../../views/targets/liveStates';
import { StoredTargets } from '../../../views/targets/storedTargets';
import { TargetsController } from '../../../views/targets/targetsController';
import { targetDescription } from '../../../views/targets/targetText';
import { waitEndText } from '../../../extension/waits/waitTexts';
import { Waits, type WaitOrder } from '../../../views/waits/waits';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hello, hostError } from './fakeHost';
import { keyOf, row } from './rows';

const rows = [row(5), row(6)];

/** One session of a window; the next one has the same memory. */
function session(memory: FakeMemory, bootId = 'boot') {
  const logged: string[] = [];
  const host = new FakeHost();
  const clock = new FakeClock();
  const answer = { ...hello, world: { ...hello.world, bootId } };
  host.state = { kind: 'idle' };
  host.on('initialize', () => {
    host.become({ kind: 'ready', hello: answer });
    return answer;
  });
  host.on('target/hold', ({ key }) => ({ row: rows.find((one) => one.key === key)! }));
  const targets = new TargetsController(host, clock, () => undefined);
  const ended: string[] = [];
  targets.onDidEnd((target) => ended.push(exitSentence(target)!));
  const foreign: number[] = [];
  const log = (line: string) => logged.push(line);
  const waits = new Waits(targets, clock, log);
  const told: string[] = [];
  waits.onDidEnd((end) => told.push(waitEndText(end)));
  const remembered = new LoggingMemory(memory, log);
  const stored = new StoredTargets(host, targets, waits, remembered, clock, log, (n) =>
    foreign.push(n),
  );
  const end = (pid: number) => {
    const { token } = targets.model.all.find((one) => one.row.pid === pid)!;
    const status = { kind: 'exited', code: 0 } as const;
    host.notify('target/reaped', { token, at: 2000, status, source: 'pidfd' });
  };
  return { host, clock, targets, ended, foreign, stored, waits, told, end, logged };
}

/** Holds one, pins another, and goes. */
async function before(memory: FakeMemory): Promise<void> {
  const { host, clock, targets } = session(memory);
  host.become({ kind: 'ready', hello });
  await targets.hold(rows[0]!);
  await targets.hold(rows[1]!, 'pinned');
  await clock.advance(1000);
}

describe('StoredTargets', () => {
  it('are again what they were, but for what a session or a countdown was about', async () => {
    const memory = new FakeMemory();
    const { host, clock, targets, waits } = session(memory);
    host.become({ kind: 'ready', hello });
    await targets.hold(rows[0]!, 'pinned');
    await waits.start([rows[0]!], { until: 'each', limitMs: 60_000 });
    for (const why of ['debugging', 'stopping'] as const) await targets.holdFor(rows[0]!, why);
    await targets.holdFor(rows[1]!, 'debugging');
    await clock.advance(1000);
    const later = session(memory);
    await later.stored.start();
    const reasons = later.targets.model.all.map((target) => target.reasons);
    assert.deepEqual(reasons, [['pinned', 'waiting', 'waiting']]);
  });

  it('say in the log that they could not be stored', async () => {
    const { host, clock, targets, logged } = session(new FullMemory());
    host.become({ kind: 'ready', hello });
    await targets.hold(rows[0]!);
    await clock.advance(1000);
    assert.match(logged.join(), /targets.open could not be stored: Error: disk full/);
  });

  it('start no native host when nothing is stored', async () => {
    const { host, stored } = session(new FakeMemory());
    await stored.start();
    assert.deepEqual(host.asked, []);
  });

  it('hold again by key what another session held, for the same reason', async () => {
    const memory = new FakeMemory();
    await before(memory);
    const { host, stored, targets } = session(memory);
    await stored.start();
    await settled();
    assert.deepEqual(
      targets.model.all.map(({ row: { key }, why, state }) => ({ key, why, state })),
      [
        { key: keyOf(6), why: 'pinned', state: { kind: 'waiting', held: true } },
        { key: keyOf(5), why: 'waiting', state: { kind: 'waiting', held: true } },
      ],
    );
    assert.equal(host.methodsAsked().filter((method) => method === 'target/hold').length, 2);
  });

  it('drop what another version has left, and hold the others', async () => {
    const memory = new FakeMemory();
    await before(memory);
    const left = memory.get<{ targets: object[] }>('targets.open')!;
    const [first, second] = left.targets; // of 5 and 6
    const stranger = { ...first, row: { ...first, key: 7, args: null } };
    await memory.update('targets.open', { ...left, targets: [stranger, null, second] });
    const { stored, targets, logged } = session(memory);
    await stored.start();
    await settled();
    assert.deepEqual(
      targets.model.all.map(({ row: { pid } }) => pid),
      [6],
    );
    assert.match(logged.join(), /^2 targets of before are stored in another form: not held again$/);
  });

  it('start no native host for what is no list of targets, and say so in the log', async () => {
    const memory = new FakeMemory();
    await memory.update('targets.open', { targets: 'none' });
    const { host, stored, logged } = session(memory);
    await stored.start();
    assert.deepEqual(host.asked, []);
    assert.match(logged.join(), /none is held again/);
  });

  /** What was waited for together before a reload, and the session after it. */
  const reloaded = async (order: WaitOrder) => {
    const memory = new FakeMemory();
    const { host, clock, waits } = session(memory);
    host.become({ kind: 'ready', hello });
    await waits.start(rows, order);
    await clock.advance(1000);
    const later = session(memory);
    await later.clock.advance(1000);
    await later.stored.start();
    await settled();
    return later;
  };

  it('keep what all of several are waited for', async () => {
    const { end, told } = await reloaded({ until: 'all' });
    end(5);
    assert.deepEqual(told, []);
    end(6);
    assert.deepEqual(told, ['All have ended: 2 with code 0']);
  });

  it('keep what any of several is waited for', async () => {
    const { end, told, targets } = await reloaded({ until: 'any' });
    end(6);
    assert.match(told[0]!, /It was the first; 1 others/);
    assert.equal(targets.model.all.length, 1);
  });

  it('keep the time limit, which goes on meanwhile', async () => {
    const { clock, told } = await reloaded({ until: 'each', limitMs: 5000 });
    await clock.advance(3999);
    assert.deepEqual(told, []);
    await clock.advance(1);
    assert.deepEqual(told, ['2 still run after 5 s and are not waited for any more']);
  });

  it('do not call running who has ended when the time was over in between', async () => {
    const memory = new FakeMemory();
    const { host, clock, waits } = session(memory);
    host.become({ kind: 'ready', hello });
    await waits.start(rows, { until: 'each', limitMs: 1500 });
    await clock.advance(1000);
    const later = session(memory);
    later.host.on('target/hold', () => Promise.reject(hostError('Gone')));
    await later.clock.advance(60_000);
    await later.stored.start();
    await later.clock.advance(10);
    assert.equal(later.told.length, 2);
    for (const text of later.told) assert.match(text, /ended while nobody watched/);
  });

  it('leave out groups that are none', async () => {
    const memory = new FakeMemory();
    await before(memory);
    const stored = memory.get<object>('targets.open');
    const groups = [null, 1, {}, { until: 'some', limitMs: null, deadline: null, members: [] }];
    await memory.update('targets.open', { ...stored, groups });
    const later = session(memory);
    await later.stored.start();
    assert.deepEqual(later.waits.open, []);
    assert.equal(later.targets.model.all.length, 2);
  });

  it('keep what is to be started, and check it when it comes back', async () => {
    const memory = new FakeMemory();
    const { host, clock, targets } = session(memory);
    host.become({ kind: 'ready', hello });
    await targets.hold(rows[0]!, 'waiting', { kind: 'command', id: 'a.b' });
    await targets.hold(rows[1]!, 'waiting', { kind: 'other' } as never);
    await clock.advance(1000);
    const later = session(memory);
    await later.stored.start();
    assert.deepEqual(
      later.targets.model.all.map(({ after }) => after),
      [undefined, { kind: 'command', id: 'a.b' }],
    );
  });

  it('say of what ended in between that nobody knows how', async () => {
    const memory = new FakeMemory();
    await before(memory);
    const { host, stored, targets, ended } = session(memory);
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    await stored.start();
    await settled();
    assert.equal(
      targets.model.all.every(({ isFinished }) => isFinished),
      true,
    );
    assert.match(ended[0]!, /^name5 \(pid 5\) ended .*status unknown$/);
  });

  it("drop another boot's, say so, and open none of its keys", async () => {
    const memory = new FakeMemory();
    await before(memory);
    const { host, clock, stored, foreign } = session(memory, 'later');
    await stored.start();
    await clock.advance(1000);
    assert.deepEqual(foreign, [2]);
    assert.deepEqual(host.methodsAsked(), ['initialize']);
    assert.equal(memory.get('targets.open'), undefined);
  });

  it('lose nothing while no native host can be started', async () => {
    const memory = new FakeMemory();
    await before(memory);
    const { host, clock, stored, targets } = session(memory);
    host.on('initialize', () => Promise.reject(new Error('no')));
    await stored.start();
    await clock.advance(1000);
    assert.notEqual(memory.get('targets.open'), undefined);
    host.become({ kind: 'ready', hello });
    await settled();
    assert.equal(targets.model.all.length, 2);
  });

  it('forget what has ended', async () => {
    const memory = new FakeMemory();
    const { host, clock, targets } = session(memory);
    host.become({ kind: 'ready', hello });
    const { token } = await targets.hold(rows[0]!);
    await clock.advance(1000);
    const status = { kind: 'exited', code: 0 } as const;
    host.notify('target/reaped', { token, at: 1, status, source: 'pidfd' });
    await clock.advance(1000);
    assert.equal(memory.get('targets.open'), undefined);
  });
});

describe('LiveStates', () => {
  it('show what a target does now, while somebody looks', async () => {
    const { host, clock, targets } = session(new FakeMemory());
    host.become({ kind: 'ready', hello });
    const target = await targets.hold(rows[0]!, 'pinned');
    assert.match(targetDescription(target), /^5 · pinned since .* · sleeping$/);
    host.on('processes/open', () => ({ ...rows[0]!, state: 'T' }));
    const live = new LiveStates(host, targets.model, clock, () => undefined);
    live.setVisible(true);
    await clock.advance(2000);
    assert.match(targetDescription(target), / · stopped$/);
    live.setVisible(false);
    assert.equal(clock.waiting <= 1, true);
    const asked = host.asked.length;
    await clock.advance(10_000);
    assert.equal(host.asked.length, asked);
  });
});
