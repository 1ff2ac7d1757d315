import assert from 'node:assert/strict';
import type { TableSnapshot } from '../../../native-host/protocol';
import { LiveNamespaces } from '../../../views/liveNamespaces';
import { LiveProcesses } from '../../../views/liveProcesses';
import type { Refresh } from '../../../views/processes/tree/refreshPlan';
import { defaultChoices } from '../../../views/processes/choices';
import { ProcessesModel } from '../../../views/processes/model';
import { ProcessesController } from '../../../views/processes/processesController';
import { Sampler } from '../../../views/usage/sampler';
import { RefreshScheduler } from '../../../views/refreshScheduler';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hello, hostError } from './fakeHost';
import { news } from './namespaceNews';
import { keyOf, row } from './rows';
import { usage } from './usages';

const snapshot: TableSnapshot = {
  rows: [row(1), row(2, 1), row(3, null, { kind: 'kernelThread', uid: 0 })],
  mode: { kind: 'events' },
};

function make() {
  const host = new FakeHost();
  host.on('processes/subscribe', () => snapshot);
  host.on('processes/sample', ({ keys }) => ({ usages: keys.map((key) => usage(key)) }));
  const clock = new FakeClock();
  const live = { processes: new LiveProcesses(host), namespaces: new LiveNamespaces(host) };
  const model = new ProcessesModel(live.namespaces.store);
  const sampler = new Sampler(host, clock, assert.fail);
  const controller = new ProcessesController(host, live, model, sampler, clock);
  const refreshes: Refresh[] = [];
  controller.onDidRefresh((what) => refreshes.push(what));
  return { host, clock, model, controller, refreshes };
}

describe('ProcessesController', () => {
  it('asks for nothing until the view is visible, and stops when it is hidden', async () => {
    const { host, controller } = make();
    await settled();
    assert.deepEqual(host.asked, []);
    await controller.setVisible(true);
    await controller.setVisible(false);
    assert.deepEqual(host.methodsAsked(), ['processes/subscribe', 'processes/unsubscribe']);
  });

  it('lets the view wait for its first rows, and for no later ones', async () => {
    const { controller, model } = make();
    const first = controller.firstRows;
    assert.ok(first);
    void controller.setVisible(true);
    await first;
    assert.ok(model.tree.roots().length > 0);
    assert.equal(controller.firstRows, undefined);
  });

  it('does not let the view wait for rows that cannot be had', async () => {
    const { host, controller } = make();
    host.on('processes/subscribe', () => {
      throw hostError('Unsupported');
    });
    const first = controller.firstRows;
    void controller.setVisible(true);
    await first;
    assert.equal(controller.firstRows, undefined);
  });

  it('shows nothing as if it lived where no native host is started again', async () => {
    const { host, controller, model } = make();
    await controller.setVisible(true);
    assert.ok(model.tree.roots().length > 0);
    const error = new Error('it ended several times in a row');
    for (const kind of ['starting', 'failed'] as const) host.become({ kind, error });
    assert.deepEqual(model.tree.roots(), []);
    assert.equal(controller.failure, error);
    host.become({ kind: 'ready', hello });
    await settled();
    assert.ok(model.tree.roots().length > 0);
    assert.equal(controller.failure, undefined);
  });

  it('waits for no rows of which it is known that they do not come, and not for ever', async () => {
    const { host, clock, controller } = make();
    let refuse: (error: Error) => void = () => undefined;
    host.on('processes/subscribe', () => new Promise((_, reject) => (refuse = reject)));
    const shown = controller.setVisible(true);
    const before = clock.waiting;
    const late = controller.loaded(1000);
    await clock.advance(1000);
    await late;
    const told = controller.loaded(1000);
    refuse(new Error('no'));
    await Promise.all([shown, told, controller.loaded(1000)]);
    assert.equal(clock.waiting, before);
  });

  it('ends up as the view does, whatever comes in between', async () => {
    const { host, controller } = make();
    void controller.setVisible(true);
    void controller.setVisible(false);
    await controller.setVisible(true);
    await settled();
    const subscribed = host.methodsAsked().filter((method) => method === 'processes/subscribe');
    const unsubscribed = host.methodsAsked().filter((method) => method === 'processes/unsubscribe');
    assert.equal(subscribed.length - unsubscribed.length, 1);
  });

  it('does not start a native host to tell it that nobody looks', async () => {
    const { host, controller } = make();
    await controller.setVisible(true);
    host.become({ kind: 'starting' });
    await controller.setVisible(false);
    assert.deepEqual(host.methodsAsked(), ['processes/subscribe']);
  });

  it('subscribes again to each new native host', async () => {
    const { host, controller } = make();
    await controller.setVisible(true);
    host.restart();
    await settled();
    assert.deepEqual(host.methodsAsked(), ['processes/subscribe', 'processes/subscribe']);
  });

  it('asks again after a failure when the next native host is ready', async () => {
    const { host, controller, model } = make();
    host.on('processes/subscribe', () => Promise.reject(hostError('Internal')));
    await controller.setVisible(true);
    assert.ok(controller.failure);
    host.on('processes/subscribe', () => snapshot);
    host.restart();
    await settled();
    assert.equal(controller.failure, undefined);
    assert.equal(model.tree.roots().length, 1);
  });

  it('draws many deltas at once, at most each 400 ms', async () => {
    const { host, clock, controller, refreshes } = make();
    await controller.setVisible(true);
    await clock.advance(1000);
    refreshes.length = 0;
    for (let i = 0; i < 10; i++) {
      const comm = `x${i}`;
      host.notify('processes/delta', { added: [], changed: [row(2, 1, { comm })], removed: [] });
      await clock.advance(50);
    }
    await clock.advance(1000);
    assert.equal(refreshes.length, 3);
  });

  it('lets ended rows go after four seconds, without news', async () => {
    const { host, clock, controller, model } = make();
    await controller.setVisible(true);
    host.notify('processes/delta', { added: [], changed: [], removed: [keyOf(2)] });
    await clock.advance(3900);
    assert.ok(model.tree.element(keyOf(2)));
    await clock.advance(600);
    assert.equal(model.tree.element(keyOf(2)), undefined);
    await controller.setVisible(false);
    assert.equal(clock.waiting, 0);
  });

  it('ignores a delta that comes after the view was hidden', async () => {
    const { host, clock, controller } = make();
    await controller.setVisible(true);
    await controller.setVisible(false);
    host.notify('processes/delta', { added: [], changed: [], removed: [keyOf(2)] });
    assert.equal(clock.waiting, 0);
  });

  it('uncovers what a filter or a switch hides', async () => {
    const { controller, model } = make();
    await controller.setVisible(true);
    controller.choose({ filter: 'name1' });
    assert.equal(controller.uncover(keyOf(3))?.pid, 3);
    assert.ok(model.tree.element(keyOf(3)));
    assert.deepEqual(controller.choices, { ...defaultChoices, kernelThreads: true });
    assert.equal(controller.uncover(keyOf(77)), undefined);
  });

  it('asks about namespaces only while something of them is shown', async () => {
    const { host, controller } = make();
    host.on('namespaces/subscribe', () => news({}));
    await controller.setVisible(true);
    assert.ok(!host.methodsAsked().includes('namespaces/subscribe'));
    controller.choose({ grouping: 'container' });
    await settled();
    assert.equal(host.methodsAsked().at(-1), 'namespaces/subscribe');
    await controller.setVisible(false);
    assert.ok(host.methodsAsked().includes('namespaces/unsubscribe'));
  });

  it('knows whose processes are its own', async () => {
    const { controller, model } = make();
    await controller.setVisible(true);
    assert.equal(model.uid, hello.world.uid);
  });
});

describe('RefreshScheduler', () => {
  it('runs at once after a pause, then at its pace', async () => {
    const clock = new FakeClock();
    const runs: number[] = [];
    const scheduler = new RefreshScheduler(clock, 400, () => runs.push(clock.now()));
    scheduler.schedule();
    await clock.advance(100);
    scheduler.schedule();
    scheduler.schedule();
    await clock.advance(1000);
    scheduler.schedule();
    await clock.advance(0);
    assert.deepEqual(runs, [0, 400, 1100]);
  });

  it('keeps its pace where the clock is set back', async () => {
    const clock = new FakeClock();
    let runs = 0;
    const scheduler = new RefreshScheduler(clock, 400, () => runs++);
    scheduler.schedule();
    await clock.advance(0);
    clock.set(-3_600_000);
    scheduler.schedule();
    await clock.advance(400);
    assert.equal(runs, 2);
  });

  it('runs no more once disposed', async () => {
    const clock = new FakeClock();
    const scheduler = new RefreshScheduler(clock, 400, () => assert.fail('ran'));
    scheduler.schedule();
    scheduler.dispose();
    await clock.advance(1000);
  });
});
