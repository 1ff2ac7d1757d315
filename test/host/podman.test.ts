// An engine of its own: not run in the emulated machines, where it would be the greater part of what is laid there. What
// it asks of a kernel runc asks too.
import assert from 'node:assert/strict';
import { asNobody } from '../support/asNobody';
import { calledSo, containerOf, unique } from '../support/containerNames';
import { InventoryView } from '../support/inventoryView';
import { PodmanContainer } from '../support/podman';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

const ours = { kind: 'ours' } as const;

describe('containers of podman', () => {
  it("are called as root's podman was told, with its shell", async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    const name = unique('podman');
    await using box = await PodmanContainer.run(this, name);
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, box.pid, name);
      const [, id = ''] = /^podman:([0-9a-f]{64})$/.exec(container.id) ?? [];
      assert.equal(container.name.engine, 'podman');
      assert.deepEqual(container.engineShell, ['podman', 'exec', '-it', id, 'sh']);
      assert.equal(container.proven, true);
      assert.equal(container.first, view.member(box.pid)?.key);
      await view.allRead();
      const conmon = procfs.stat(box.pid)?.ppid ?? 0;
      assert.notEqual(containerOf(view, conmon)?.id, container.id, 'conmon is not in it');
      const space = view.namespace('pid', procfs.namespace(box.pid, 'pid'));
      assert.equal(space?.name?.text, name);
      const items = [{ numbers: [1], source: { kind: 'container', name }, target: ours } as const];
      const { results } = await host.request('translate/batch', { items });
      const [result] = results;
      assert.ok(result && 'answers' in result, JSON.stringify(result));
      assert.deepEqual(result.answers, [box.pid]);
    });
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, box.pid, name);
      assert.deepEqual([container.name.engine, container.proven], ['podman', false]);
    }, asNobody(this));
  });

  it("are called as an ordinary user's podman was told, and can be entered", async function () {
    const owner = process.getuid?.() === 0 ? 4242 : undefined;
    const name = unique('podman');
    await using box = await PodmanContainer.run(this, name, someone, owner);
    const prefix = [...someone, 'env', `HOME=${box.home}`, `XDG_RUNTIME_DIR=${box.home}`];
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, box.pid, name);
      assert.equal(container.name.engine, 'podman');
      assert.equal(container.proven, true);
      const { key } = await host.request('processes/find', { pid: box.pid });
      const entry = await host.request('namespaces/enterable', { key, user: 'root' });
      assert.equal(entry.refusal, null, entry.cause ?? '');
    }, prefix);
  });
});
