import assert from 'node:assert/strict';
import type { ExitStatus, TargetToken } from '../../../native-host/protocol';
import { exitSentence } from '../../../views/targets/exitText';
import { Target, TargetsModel, type TargetState } from '../../../views/targets/model';
import { TargetsController } from '../../../views/targets/targetsController';
import { targetDescription } from '../../../views/targets/targetText';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hostError } from './fakeHost';
import { keyOf, row } from './rows';

const node = row(4711, 1, { comm: 'node', startedAt: 1000 });
const token = (text: string) => text as TargetToken;

describe('exit sentences', () => {
  const sentence = (status: ExitStatus, at: number | null = 181_000) => {
    const state: TargetState = { kind: 'ended', at, status, source: 'pidfd' };
    return exitSentence(new Target(token('a'), node, 0, state));
  };

  it('say the code and how long it lived', () => {
    assert.equal(
      sentence({ kind: 'exited', code: 7 }),
      'node (pid 4711) exited with code 7 after 3 min',
    );
  });

  it('say the signal, and the core dump only where it is known', () => {
    const killed = (coreDumped: boolean | null) =>
      sentence({ kind: 'signaled', signal: 11, coreDumped });
    assert.equal(killed(true), 'node (pid 4711) was killed by SIGSEGV (core dumped) after 3 min');
    assert.equal(killed(false), 'node (pid 4711) was killed by SIGSEGV after 3 min');
    assert.equal(killed(null), 'node (pid 4711) was killed by SIGSEGV after 3 min');
  });

  it('say that the status is unknown, and why', () => {
    assert.equal(
      sentence({ kind: 'unknown', reason: 'permission' }),
      'node (pid 4711) ended, status unknown because the kernel does not tell this user',
    );
    assert.equal(
      sentence({ kind: 'unknown', reason: 'lost' }, null),
      'node (pid 4711) ended while nobody watched, status unknown',
    );
  });

  it('say nothing before it ended', () => {
    assert.equal(
      exitSentence(new Target(token('a'), node, 0, { kind: 'waiting', held: true })),
      undefined,
    );
  });
});

describe('TargetsModel', () => {
  function model(): TargetsModel {
    const made = new TargetsModel();
    made.add(token('a'), node, 0);
    made.add(token('b'), row(5), 0);
    return made;
  }

  it('lists the newest first', () => {
    assert.deepEqual(
      model().all.map((target) => target.token),
      ['b', 'a'],
    );
  });

  it('tells who has not collected it', () => {
    const targets = model();
    targets.exited(token('a'), 9000, { pid: 1, comm: 'init\n' });
    const { state } = targets.get(token('a'))!;
    assert.equal(state.kind, 'exited');
    assert.match(targetDescription(targets.get(token('a'))!), /not yet collected by init\\n \(1\)/);
  });

  it('ends each once', () => {
    const targets = model();
    assert.ok(targets.ended(token('a'), 9, { kind: 'exited', code: 0 }, 'pidfd'));
    assert.equal(targets.ended(token('a'), 10, { kind: 'exited', code: 1 }, 'pidfd'), undefined);
    targets.exited(token('a'), 11, null);
    targets.held(token('a'), node);
    assert.equal(targets.get(token('a'))!.isFinished, true);
    assert.equal(targets.ended(token('x'), 9, { kind: 'exited', code: 0 }, 'pidfd'), undefined);
  });

  it('clears what is finished, and only that', () => {
    const targets = model();
    targets.ended(token('a'), 9, { kind: 'exited', code: 0 }, 'pidfd');
    targets.clearFinished();
    assert.deepEqual(
      targets.all.map((target) => target.token),
      ['b'],
    );
  });
});

describe('TargetsController', () => {
  function make() {
    const host = new FakeHost();
    host.on('target/hold', () => ({ row: node }));
    const ended: string[] = [];
    const clock = new FakeClock();
    const controller = new TargetsController(host, clock, () => undefined);
    controller.onDidEnd((target) => ended.push(exitSentence(target)!));
    return { host, clock, controller, ended, model: controller.model };
  }

  it('shows a target before the native host has answered', async () => {
    const { host, controller, model } = make();
    const holding = controller.hold(node);
    assert.deepEqual(model.all[0]?.state, { kind: 'waiting', held: false });
    const target = await holding;
    assert.deepEqual(target.state, { kind: 'waiting', held: true });
    assert.deepEqual(host.asked[0]?.params, { token: target.token, key: keyOf(4711) });
  });

  it('takes a target back that cannot be held', async () => {
    const { host, controller, model } = make();
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    await assert.rejects(controller.hold(node), { message: 'Gone' });
    assert.equal(model.all.length, 0);
  });

  it('follows a target to its end and says so once', async () => {
    const { host, controller, ended } = make();
    const target = await controller.hold(node);
    host.notify('target/exited', { token: target.token, at: 2000, parent: null });
    assert.equal(target.state.kind, 'exited');
    const reaped = { token: target.token, at: 3000, source: 'pidfd' } as const;
    host.notify('target/reaped', { ...reaped, status: { kind: 'exited', code: 0 } });
    assert.deepEqual(ended, ['node (pid 4711) exited with code 0 after 2 s']);
  });

  it('lets go of a target that is cancelled', async () => {
    const { host, controller, ended } = make();
    const target = await controller.hold(node);
    await controller.remove(target);
    assert.deepEqual(host.methodsAsked(), ['target/hold', 'target/release']);
    const late = { token: target.token, at: 1, source: 'none' } as const;
    host.notify('target/reaped', { ...late, status: { kind: 'exited', code: 0 } });
    assert.deepEqual(ended, []);
  });

  it('releases what was cancelled while it was being held', async () => {
    const { host, controller } = make();
    const holding = controller.hold(node);
    await controller.remove(controller.model.all[0]!);
    await holding;
    assert.equal(host.methodsAsked().at(-1), 'target/release');
  });

  it('holds again by key after a restart', async () => {
    const { host, controller } = make();
    const target = await controller.hold(node);
    host.become({ kind: 'starting' });
    assert.deepEqual(target.state, { kind: 'waiting', held: false });
    host.restart();
    await settled();
    assert.deepEqual(target.state, { kind: 'waiting', held: true });
    assert.deepEqual(host.asked.at(-1), {
      method: 'target/hold',
      params: { token: target.token, key: keyOf(4711) },
    });
  });

  it('says that the status is unknown of what ended while the native host was down', async () => {
    const { host, controller, ended } = make();
    await controller.hold(node);
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    host.restart();
    await settled();
    assert.deepEqual(ended, ['node (pid 4711) ended while nobody watched, status unknown']);
  });

  it('says why it does not hold one again, and tries again until it does', async () => {
    const { host, clock, controller, ended } = make();
    const target = await controller.hold(node);
    host.on('target/hold', () => Promise.reject(hostError('Exhausted')));
    host.restart();
    await settled();
    assert.match(targetDescription(target), /not held, so nobody sees.*tried again.*Exhausted/);
    await clock.advance(5000);
    assert.match(targetDescription(target), /Exhausted/);
    host.on('target/hold', () => ({ row: node }));
    await clock.advance(5000);
    assert.deepEqual(target.state, { kind: 'waiting', held: true });
    assert.deepEqual([ended, clock.waiting], [[], 0]);
  });

  it('leaves it to the next native host where this one has ended', async () => {
    const { host, clock, controller } = make();
    const target = await controller.hold(node);
    host.on('target/hold', () => {
      host.become({ kind: 'starting' });
      return Promise.reject(hostError('Internal'));
    });
    host.restart();
    await settled();
    assert.match(targetDescription(target), /not held yet: the native host is starting/);
    assert.equal(clock.waiting, 0);
  });

  it('asks once while the native host starts', async () => {
    const { host, controller } = make();
    host.state = { kind: 'idle' };
    let reply = () => {};
    host.on('target/hold', () => new Promise((resolve) => (reply = () => resolve({ row: node }))));
    const holding = controller.hold(node);
    host.restart();
    reply();
    await holding;
    assert.deepEqual(host.methodsAsked(), ['target/hold']);
  });
});
