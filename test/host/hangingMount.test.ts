import assert from 'node:assert/strict';
import { constants } from 'node:os';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { HangingMount } from '../support/hangingMount';
import type { HostClient } from '../support/hostClient';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { withHost } from '../support/withHost';

/** What is read of a file system waits for a quarter of a second each. */
const soonMs = 3000 * patience;

/** It runs a program there and works there, and the file system answers nothing any more. */
async function stuck(mount: HangingMount): Promise<Actor> {
  const actor = await Actor.start();
  await actor.exec(mount.program, mount.program, '--stuck');
  await actor.ask('chdir', mount.folder);
  await mount.hang();
  return actor;
}

async function listed(host: HostClient, { pid }: { readonly pid: number }) {
  const { rows } = await host.request('processes/list', null, soonMs);
  const row = rows.find((one) => one.pid === pid);
  assert.ok(row, 'it is listed');
  return row;
}

describe('a mount that answers nothing any more', () => {
  it('under a program and its folder: all others are shown as ever, and it can be ended', async function () {
    await using mount = await HangingMount.start(this, buildFixtures().actor);
    await withHost(async ({ host }) => {
      const parent = await Actor.start();
      const bystander = await parent.fork();
      const actor = await stuck(mount);
      const row = await listed(host, actor);
      assert.equal(row.comm, 'program');
      assert.equal((await listed(host, bystander)).args.length > 0, true);
      const { key } = row;
      const { exe } = await host.request('processes/details', { key }, soonMs);
      assert.ok('value' in exe && exe.value.endsWith('/program'), JSON.stringify(exe));
      const { processes } = await host.request('sockets/listening', { keys: null }, soonMs);
      assert.ok(Array.isArray(processes));
      const token = 'stuck' as TargetToken;
      await host.request('target/hold', { token, key }, soonMs);
      await host.request('signal/send', { key, signal: constants.signals.SIGKILL }, soonMs);
      const { status } = await host.next('target/reaped', (event) => event.token === token);
      if (status.kind !== 'unknown') assert.equal(status.kind, 'signaled');
    });
  });

  it('under a file that is mapped, for which a thread waits: it is shown as ever, and can be ended', async function () {
    await using mount = await HangingMount.start(this, buildFixtures().actor);
    await withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('map', mount.program);
      await mount.hang();
      await actor.ask('readMapped');
      const row = await listed(host, actor);
      assert.deepEqual([row.comm, row.args.length], ['actor', 1]);
      const { key } = row;
      await host.request('processes/details', { key }, soonMs);
      await host.request('processes/sample', { keys: [key] }, soonMs);
      await host.request('processes/pss', { key }, soonMs);
      assert.equal(procfs.threads(actor.pid).length, 2, 'the thread waits all the while');
      await host.request('signal/send', { key, signal: constants.signals.SIGKILL }, soonMs);
    });
  });

  it('under what a debugger would need: the question is answered all the same', async function () {
    await using mount = await HangingMount.start(this, buildFixtures().actor);
    await withHost(async ({ host }) => {
      const { key } = await listed(host, await stuck(mount));
      const asked = [
        host.request('attach/preflight', { key, gdb: true }, soonMs),
        host.request('attach/runtime', { key }, soonMs),
        host.request('attach/proof', { key }, soonMs),
        host.request('processes/folders', { keys: [key] }, soonMs),
        host.request('namespaces/enterable', { key }, soonMs),
        host.request('processes/sample', { keys: [key] }, soonMs),
      ];
      await Promise.all(asked);
      await host.request('processes/subscribe', null, soonMs);
      await host.request('processes/refresh', null, soonMs);
      await mount[Symbol.asyncDispose](); // what still waits comes back, with its descriptors
    });
  });
});
