import assert from 'node:assert/strict';
import type { TableSnapshot } from '../../../native-host/protocol';
import { LiveNamespaces } from '../../../views/liveNamespaces';
import { LiveProcesses } from '../../../views/liveProcesses';
import { NamespacesModel } from '../../../views/namespaces/model';
import { NamespacesController } from '../../../views/namespaces/namespacesController';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hostError } from './fakeHost';
import { idOf, member, namespace, news, setOf } from './namespaceNews';
import { keyOf, row } from './rows';

const snapshot: TableSnapshot = {
  rows: [row(1), row(2)],
  mode: { kind: 'events' },
};

function make() {
  const host = new FakeHost();
  host.on('processes/subscribe', () => snapshot);
  host.on('namespaces/subscribe', () =>
    news({
      sets: [setOf('100')],
      namespaces: [namespace('pid', '100', { isOurs: true })],
      members: [member(1, 0), member(2, 0, { provisional: true })],
    }),
  );
  const live = { processes: new LiveProcesses(host), namespaces: new LiveNamespaces(host) };
  const model = new NamespacesModel(live.namespaces.store);
  const clock = new FakeClock();
  const controller = new NamespacesController(live, model, clock);
  let refreshes = 0;
  controller.onDidRefresh(() => refreshes++);
  return { host, live, model, clock, controller, refreshes: () => refreshes };
}

describe('NamespacesController', () => {
  it('asks for nothing until the view is looked at, and forgets all when it is hidden', async () => {
    const { host, controller, live } = make();
    await settled();
    assert.deepEqual(host.asked, []);
    await controller.setVisible(true);
    assert.equal(live.namespaces.store.members.size, 2);
    await controller.setVisible(false);
    assert.equal(live.namespaces.store.members.size, 0);
    assert.deepEqual(host.methodsAsked().slice(-2).sort(), [
      'namespaces/unsubscribe',
      'processes/unsubscribe',
    ]);
  });

  it('draws what comes in at most once a second', async () => {
    const { host, clock, controller, refreshes } = make();
    await controller.setVisible(true);
    await clock.advance(2000);
    const before = refreshes();
    for (let i = 0; i < 10; i++) {
      host.notify('namespaces/news', news({ members: [member(2, 0)] }));
      await clock.advance(50);
    }
    await clock.advance(2000);
    assert.equal(refreshes() - before, 2);
  });

  it('keeps its rows when it is hidden and shown again in one moment', async () => {
    const { controller, live, model } = make();
    await controller.setVisible(true);
    const hidden = controller.setVisible(false);
    await Promise.all([controller.setVisible(true), hidden]);
    assert.ok(model.row(keyOf(1)));
    assert.equal(live.namespaces.store.members.size, 2);
  });

  it('keeps nothing of an answer that came when nobody looked any more', async () => {
    const { controller, live } = make();
    const shown = controller.setVisible(true);
    await Promise.all([controller.setVisible(false), shown]);
    await settled();
    assert.equal(live.namespaces.store.members.size, 0);
  });

  it('ignores news from before the view was hidden', async () => {
    const { host, controller, live } = make();
    await controller.setVisible(true);
    await controller.setVisible(false);
    host.notify('namespaces/news', news({ members: [member(2, 0)] }));
    assert.equal(live.namespaces.store.members.size, 0);
  });

  it('keeps what it has while another view looks on', async () => {
    const { controller, live } = make();
    const other = live.namespaces.join();
    await other.want(true);
    await controller.setVisible(true);
    await controller.setVisible(false);
    assert.equal(live.namespaces.store.members.size, 2);
  });

  it('starts anew with each native host', async () => {
    const { host, controller, model } = make();
    await controller.setVisible(true);
    host.on('namespaces/subscribe', () =>
      news({ sets: [setOf('7')], namespaces: [namespace('pid', '7')], members: [member(1, 0)] }),
    );
    host.restart();
    await settled();
    assert.equal(model.namespace('pid', idOf('100')), undefined);
    assert.ok(model.namespace('pid', idOf('7')));
    assert.ok(model.row(keyOf(1)));
  });

  it('says why there is nothing, until there is something', async () => {
    const { host, controller } = make();
    host.on('namespaces/subscribe', () => Promise.reject(hostError('Unsupported')));
    await controller.setVisible(true);
    assert.ok(controller.failure);
    host.on('namespaces/subscribe', () => news({}));
    host.restart();
    await settled();
    assert.equal(controller.failure, undefined);
  });
});
