import assert from 'node:assert/strict';
import { FakeMemory } from '../extension/fakeMemory';
import { exitSentence } from '../../../views/targets/exitText';
import { LiveStates } from '../../../views/targets/liveStates';
import { StoredTargets } from '../../../views/targets/storedTargets';
import { TargetsController } from '../../../views/targets/targetsController';
import { targetDescription } from '../../../views/targets/targetText';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hello, hostError } from './fakeHost';
import { keyOf, row } from './rows';

const rows = [row(5), row(6)];

/** One session of a window; the next one has the same memory. */
function session(memory: FakeMemory, bootId = 'boot') {
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
  const log = () => undefined;
  const stored = new StoredTargets(host, targets, memory, clock, log, (n) => foreign.push(n));
  return { host, clock, targets, ended, foreign, stored };
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
