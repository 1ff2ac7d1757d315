import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { calledSo, containerOf, unique } from '../support/containerNames';
import { InventoryView } from '../support/inventoryView';
import { namespaces } from '../support/namespaces';
import { OciBundle } from '../support/ociBundle';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { Sandbox, someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

const bwrap = ['bwrap', '--unshare-all', '--ro-bind', '/', '/', '--proc', '/proc'];
const named = [...bwrap, '--hostname', 'box1', '--die-with-parent'];

const ours = { kind: 'ours' } as const;

describe('containers', () => {
  it('are called as bubblewrap was told', async function () {
    await using sandbox = await Sandbox.start(this, [...someone, ...named]);
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, sandbox.pid, 'box1');
      assert.deepEqual(container.name, { text: 'box1', source: 'init', engine: 'bubblewrap' });
      assert.equal(container.proven, true);
      assert.equal(container.engineShell, null);
      const space = view.namespace('net', procfs.namespace(sandbox.pid, 'net'));
      assert.deepEqual(space?.name, container.name);
      assert.equal(view.namespace('net', procfs.namespace('self', 'net'))?.name, null);
      assert.equal(containerOf(view, host.pid)?.id === container.id, false);
    });
  });

  it('are called as runc was told, by its state file', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    const name = unique('web');
    using bundle = OciBundle.make(this, { hostname: 'inside' });
    const run = ['runc', 'run', '-b', bundle.path, name];
    await using sandbox = await Sandbox.run(this, run);
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const { name: given, first } = await calledSo(view, sandbox.pid, name);
      assert.deepEqual(given, { text: name, source: 'state', engine: 'oci' });
      assert.equal(first, view.member(sandbox.pid)?.key);
    });
  });

  it("have their engine's number where only it knows the name, and its shell", async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    const id = randomBytes(32).toString('hex');
    using bundle = OciBundle.make(this, { hostname: 'inside', cgroupsPath: `/docker-${id}.scope` });
    const run = ['runc', 'run', '-b', bundle.path, unique('docker')];
    await using sandbox = await Sandbox.run(this, run);
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, sandbox.pid, id.slice(0, 12));
      assert.equal(container.id, `docker:${id}`);
      assert.equal(container.name.engine, 'docker');
      assert.deepEqual(container.engineShell, ['docker', 'exec', '-it', id, 'sh']);
      assert.match(view.member(sandbox.pid)?.cgroup ?? '', new RegExp(`/docker-${id}.scope$`));
    });
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, sandbox.pid, id.slice(0, 12));
      assert.equal(container.proven, false);
    }, asNobody(this));
  });

  it('of an ordinary user are called by their state file, and can be entered', async function () {
    const owner = process.getuid?.() === 0 ? 4242 : undefined;
    const name = unique('rootless');
    using bundle = OciBundle.make(this, { hostname: 'inside', owner });
    await using sandbox = await Sandbox.run(this, bundle.run(name, someone));
    const prefix = [...someone, 'env', `XDG_RUNTIME_DIR=${bundle.path}`];
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const { name: given } = await calledSo(view, sandbox.pid, name);
      assert.deepEqual(given, { text: name, source: 'state', engine: 'oci' });
      const { key } = await host.request('processes/find', { pid: sandbox.pid });
      const entry = await host.request('namespaces/enterable', { key, user: 'root' });
      assert.equal(entry.refusal, null, entry.cause ?? '');
      assert.equal(entry.shell, '/bin/sh');
    }, prefix);
  });

  it('that nobody named are called by their host name', function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    const unshare = ['unshare', '--pid', '--uts', '--fork', '--kill-child', '--mount-proc'];
    const rename = ['sh', '-c', 'echo renamed >/proc/sys/kernel/hostname; exec "$@"', 'sh'];
    return withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      assert.notEqual(procfs.namespace(init.pid, 'uts'), procfs.namespace('self', 'uts'));
      await using sandbox = await Sandbox.start(this, [...unshare, ...rename]);
      const view = await InventoryView.subscribe(host);
      const { name } = await calledSo(view, sandbox.pid, 'renamed');
      assert.deepEqual(name, { text: 'renamed', source: 'hostname', engine: null });
      // Its host name is ours: it was asked for before the other one, which came later.
      const unnamed = containerOf(view, init.pid)?.name;
      assert.deepEqual(unnamed, { text: 'actor', source: 'init', engine: null });
    });
  });

  it('have names that are data, whatever is in them', async function () {
    const name = '$(x)`id`\n\x1b[31m[a](command:b) ../\u202e';
    const hostile = [...bwrap, '--hostname', name, '--die-with-parent'];
    await using sandbox = await Sandbox.start(this, [...someone, ...hostile]);
    await withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const container = await calledSo(view, sandbox.pid, name);
      assert.deepEqual(container.name, { text: name, source: 'init', engine: 'bubblewrap' });
      assert.equal(container.engineShell, null, 'no command is made of it');
    });
  });

  it('that nobody named are called by their host name, whatever is in it', function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can make this container');
    const unshare = ['unshare', '--pid', '--uts', '--fork', '--kill-child', '--mount-proc'];
    const rename = 'printf %s "$1" >/proc/sys/kernel/hostname; shift; exec "$@"';
    const name = '$(x)`id`\x1b[31m../[a](command:b)\u202e';
    return withHost(async ({ host }) => {
      await using sandbox = await Sandbox.start(this, [
        ...unshare,
        ...['sh', '-c', rename, 'sh', name],
      ]);
      const view = await InventoryView.subscribe(host);
      const { name: given } = await calledSo(view, sandbox.pid, name);
      assert.deepEqual(given, { text: name, source: 'hostname', engine: null });
    });
  });

  it('that nobody named are called by what runs there now', function () {
    return withHost(async ({ host }) => {
      const view = await InventoryView.subscribe(host);
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      await calledSo(view, init.pid, 'actor');
      await init.exec(buildFixtures().actor, 'started');
      await calledSo(view, init.pid, 'started');
    });
  });

  it('are called anew when the number of a namespace comes back', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const view = await InventoryView.subscribe(host);
      const seen = new Set<string>();
      for (let isAgain = false; !isAgain;) {
        assert.ok(seen.size < 100, 'no number has come back');
        const [init] = await namespaces.nest(this, 1, parent);
        assert.ok(init);
        await init.exec(buildFixtures().actor, `name${seen.size}`);
        await calledSo(view, init.pid, `name${seen.size}`);
        const number = procfs.namespace(init.pid, 'pid');
        isAgain = seen.has(number);
        seen.add(number);
        init.exit(0);
        await parent.reap(init);
      }
    });
  });

  it('are a source and a target of translations, by name', async function () {
    const name = unique('box');
    const prefix = [...someone, ...bwrap, '--hostname', name, '--die-with-parent'];
    await using sandbox = await Sandbox.start(this, prefix);
    await withHost(async ({ host }) => {
      const there = procfs.numbers(sandbox.pid).at(-1) ?? 0;
      const container = { kind: 'container', name } as const;
      const { results } = await host.request('translate/batch', {
        items: [
          { numbers: [there], source: container, target: ours },
          { numbers: [sandbox.pid], source: ours, target: container },
          { numbers: [1], source: { kind: 'container', name: 'nobody' }, target: ours },
        ],
      });
      const [outward, inward, nobody] = results;
      assert.ok(outward && 'answers' in outward, JSON.stringify(outward));
      assert.deepEqual(outward.answers, [sandbox.pid]);
      assert.ok(inward && 'answers' in inward);
      assert.deepEqual(inward.answers, [there]);
      assert.ok(nobody && 'error' in nobody);
      assert.equal(nobody.error.kind, 'Gone');
    });
  });

  it('hold what is nested in them, and go with their last process', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [outer, inner] = await namespaces.nest(this, 2, parent);
      assert.ok(outer && inner);
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      const container = containerOf(view, inner.pid);
      assert.ok(container);
      assert.equal(containerOf(view, outer.pid)?.id, container.id);
      assert.equal(container.first, view.member(outer.pid)?.key);
      outer.exit(0); // number 1: all go with it
      await parent.reap(outer);
      await view.until('it is gone', () => !view.containers.has(container.id));
    });
  });

  it('that cannot be read are told by descent, and are not proven', async function () {
    await withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      assert.ok(init);
      const child = await init.fork();
      const view = await InventoryView.subscribe(host);
      await view.allRead();
      const container = containerOf(view, child.pid);
      assert.equal(container?.first, view.member(init.pid)?.key);
      assert.equal(container?.proven, false);
      assert.equal(containerOf(view, process.pid)?.id === container?.id, false);
    }, asNobody(this));
  });
});
