import assert from 'node:assert/strict';
import { runAfterExits } from '../../../extension/waits/runAfterExit';
import { readAfterExit, type AfterExit } from '../../../views/targets/afterExit';
import { targetDescription } from '../../../views/targets/targetText';
import { TargetsController } from '../../../views/targets/targetsController';
import { FakeClock, settled } from '../views/fakeClock';
import { hostError } from '../views/fakeHost';
import { row } from '../views/rows';
import { fakeServices } from './fakeServices';

const node = row(4711, 1, { comm: 'node' });
const build: AfterExit = { kind: 'task', name: 'build', source: 'npm', folder: null };

function make() {
  const { host, services, told } = fakeServices();
  host.on('target/hold', () => ({ row: node }));
  const targets = new TargetsController(host, new FakeClock(), () => undefined);
  const started: AfterExit[] = [];
  const start = (after: AfterExit) => Promise.resolve(started.push(after) > 0);
  const starter = { isTrusted: () => true, start };
  runAfterExits(services, targets, starter);
  const reap = async () => {
    const { token } = targets.model.all[0]!;
    const status = { kind: 'exited', code: 0 } as const;
    host.notify('target/reaped', { token, at: 2000, status, source: 'pidfd' });
    await settled();
  };
  return { host, targets, told, started, starter, reap };
}

describe('what a wait starts', () => {
  it('is on the row, and started once, at the reap and not before', async () => {
    const { host, targets, told, started, reap } = make();
    const target = await targets.hold(node, 'waiting', build);
    assert.match(targetDescription(target), / · then: task build$/);
    host.notify('target/exited', { token: target.token, at: 1000, parent: null });
    await settled();
    assert.deepEqual(started, []);
    await reap();
    await reap();
    assert.deepEqual(started, [build]);
    assert.deepEqual(told, ['node (pid 4711) has ended. Starting: task build']);
    assert.doesNotMatch(targetDescription(target), /then/);
  });

  it('is taken over by a wait that runs already', async () => {
    const { targets, started, reap } = make();
    await targets.hold(node);
    await targets.hold(node, 'waiting', build);
    await targets.hold(node);
    await reap();
    assert.deepEqual(started, [build]);
  });

  it('is not started when the wait is cancelled', async () => {
    const { host, targets, told, started } = make();
    const target = await targets.hold(node, 'waiting', build);
    await targets.remove(target);
    const status = { kind: 'exited', code: 0 } as const;
    host.notify('target/reaped', { token: target.token, at: 2000, status, source: 'pidfd' });
    await settled();
    assert.deepEqual(started, []);
    assert.match(told[0]!, /not waited for any more, so nothing starts: task build$/);
  });

  it('is not started when nobody saw the end', async () => {
    const { host, targets, told, started } = make();
    await targets.hold(node, 'waiting', build);
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    host.restart();
    await settled();
    assert.deepEqual(started, []);
    assert.match(told[0]!, /ended while nobody watched, so this was not started: task build$/);
  });

  it('is not started in a workspace that is not trusted', async () => {
    const { targets, told, started, starter, reap } = make();
    starter.isTrusted = () => false;
    await targets.hold(node, 'waiting', build);
    await reap();
    assert.deepEqual(started, []);
    assert.match(told[0]!, /not trusted, so this was not started: task build$/);
  });

  it('is told of when it is not there any more, or fails', async () => {
    const { targets, told, starter, reap } = make();
    starter.start = () => Promise.resolve(false);
    await targets.hold(node, 'waiting', build);
    await reap();
    assert.match(told[1]!, /not there any more: task build$/);
    targets.model.clearFinished();
    starter.start = () => Promise.reject(new Error('[x](command:y)'));
    await targets.hold(node, 'waiting', build);
    await reap();
    assert.match(told[3]!, /but this failed: task build\. Something went wrong: \[x\] \(/);
  });
});

describe('readAfterExit', () => {
  it('gives back what was stored', () => {
    const all: AfterExit[] = [
      build,
      { kind: 'task', name: 'test', source: 'Workspace', folder: 'file:///a' },
      { kind: 'command', id: 'a.b' },
      { kind: 'launch', name: 'Run', folder: 'file:///a' },
    ];
    for (const one of all) assert.deepEqual(readAfterExit(JSON.parse(JSON.stringify(one))), one);
  });

  it('takes nothing else', () => {
    const bad: unknown[] = [
      undefined,
      null,
      'task',
      {},
      { kind: 'shell', id: 'x' },
      { kind: 'command' },
      { kind: 'command', id: 7 },
      { kind: 'command', id: '' },
      { kind: 'task', name: 'build', source: 'npm' },
      { kind: 'launch', name: 'Run', folder: null },
    ];
    for (const one of bad) assert.equal(readAfterExit(one), undefined);
  });
});
