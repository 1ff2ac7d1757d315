// What docs/security.md says of environments: they are read for one variable of one kind of process, and go nowhere.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttachPreflight } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import type { HostClient } from '../support/hostClient';
import { NodeProgram } from '../support/nodeProgram';
import { withHost } from '../support/withHost';
import { withVariables } from '../support/withVariables';

const SIGUSR1 = 10;
const options = '--no-warnings';
const secret = 'what-nobody-else-shall-know';
const env = { NODE_OPTIONS: options, BEFORE: secret, SECRET: secret };

/** Everything that is asked of a process in order to show or debug it. */
async function askAll(host: HostClient, pid: number): Promise<AttachPreflight> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('processes/details', { key });
  await host.request('processes/list', null);
  await host.request('processes/subscribe', null);
  await host.request('attach/runtime', { key });
  return host.request('attach/preflight', { key });
}

/** No reply, no notification, and not the log. */
function assertKept(host: HostClient): void {
  assert.ok(host.received.length >= 6);
  assert.ok(!JSON.stringify(host.received).includes(secret), 'a message has it');
  assert.ok(!host.stderr.includes(secret), 'the log has it');
}

describe('the environment of a process', () => {
  it('stays with a Node, but for NODE_OPTIONS', () =>
    withHost(async ({ host }) => {
      await using node = await NodeProgram.start({ env });
      assert.equal((await askAll(host, node.pid)).facts.nodeOptions, options);
      assertKept(host);
    }));

  it('stays with any other program as a whole, though that catches SIGUSR1 as a Node does', () =>
    withHost(async ({ host }) => {
      const actor = await withVariables(env, () => Actor.start());
      await actor.ask('handle', SIGUSR1);
      const { facts } = await askAll(host, actor.pid);
      assert.deepEqual([facts.catchesSigusr1, facts.nodeOptions], [true, null]);
      assertKept(host);
    }));

  it('stays with what is only called node', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-environment-'));
    try {
      const file = join(folder, 'node');
      copyFileSync(buildFixtures().actor, file);
      chmodSync(file, 0o755);
      await withHost(async ({ host }) => {
        const actor = await withVariables(env, () => Actor.start());
        await actor.exec(file, 'node');
        const { row, facts } = await askAll(host, actor.pid);
        assert.deepEqual([row.kind, facts.nodeOptions], ['node', null]);
        assertKept(host);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
