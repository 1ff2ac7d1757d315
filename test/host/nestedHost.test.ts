import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { constants } from 'node:os';
import {
  type IdentityTier,
  type ProcessKey,
  protocolVersion,
  type TargetToken,
} from '../../native-host/protocol';
import { children } from '../support/children';
import { HostClient } from '../support/hostClient';
import { requireNews } from '../support/liveTable';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const unshare = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];

/** The host as number 1 of a PID namespace of its own, as it is in a container that runs nothing else. */
async function inNamespace(
  context: Mocha.Context,
  further: readonly string[],
  body: (host: HostClient) => Promise<void>,
): Promise<void> {
  const [program = '', ...args] = [...unshare, ...further];
  try {
    execFileSync(program, [...args, 'true'], { stdio: 'ignore' });
  } catch (error) {
    skipBecause(context, `no PID namespaces for this user here: ${String(error)}`);
  }
  const host = new HostClient([...unshare, ...further]);
  try {
    await body(host);
  } finally {
    await host.close();
  }
  assert.deepEqual(await host.exited, { code: 0, signal: null }, host.stderr);
}

/** Keys of a process outside, in both notations; in one where this kernel knows no other. */
async function outsideKeys(tier: IdentityTier): Promise<ProcessKey[]> {
  const actor = await children.own();
  const byStart = `${actor.pid}@${procfs.stat(actor.pid)?.startTicks}` as ProcessKey;
  if (tier === 'startTime') return [byStart];
  return [`${actor.pid}:${await actor.askNumber('inode', actor.pid)}` as ProcessKey, byStart];
}

describe('a host in a PID namespace of its own', () => {
  it('knows where it is and sees only what is there', function () {
    return inNamespace(this, ['--mount-proc'], async (host) => {
      const { world } = await host.request('initialize', { protocolVersion });
      assert.equal(world.pid, 1);
      assert.equal(world.nestedPidNamespace, true);
      assert.notEqual(world.pidNamespace, procfs.namespace('self', 'pid'));
      const { rows } = await host.request('processes/list', null);
      assert.deepEqual(
        rows.map(({ pid, kind, ppid }) => [pid, kind, ppid]),
        [[1, 'node', 0]],
      );
      const { namespaces } = await host.request('namespaces/pid', null);
      assert.deepEqual(
        namespaces.map(({ id, depth }) => [id, depth]),
        [[world.pidNamespace, 0]],
      );
    });
  });

  it('believes no news of the machine that come because somebody else listens', function () {
    return withHost(async ({ host: listener, initialized }) => {
      const { mode } = await listener.request('processes/subscribe', null);
      requireNews(this, initialized, mode);
      await inNamespace(this, ['--mount-proc'], async (host) => {
        await host.request('initialize', { protocolVersion });
        const answer = await host.request('processes/subscribe', null);
        assert.equal(answer.mode.kind, 'scan');
        assert.deepEqual(
          answer.rows.map(({ pid }) => pid),
          [1],
        );
      });
    });
  });

  it('reaches nothing outside by a key from there', function () {
    return inNamespace(this, ['--mount-proc'], async (host) => {
      const { tier } = await host.request('initialize', { protocolVersion });
      for (const key of await outsideKeys(tier)) {
        const signal = constants.signals.SIGTERM;
        await rejectsWith('Gone', host.request('signal/send', { key, signal }), key);
        const token = 'outside' as TargetToken;
        await rejectsWith('Gone', host.request('target/hold', { token, key }), key);
      }
    });
  });

  it("trusts no /proc that is another namespace's", function () {
    return inNamespace(this, [], async (host) => {
      const { capabilities } = await host.request('initialize', { protocolVersion });
      assert.equal(capabilities.find(({ id }) => id === 'procfs')?.available, false);
      await rejectsWith('Unsupported', host.request('processes/list', null));
      await rejectsWith('Unsupported', host.request('processes/subscribe', null));
      await rejectsWith('Unsupported', host.request('namespaces/pid', null));
    });
  });
});

describe('a client that no longer listens', () => {
  it('does not keep the host, nor make it crash', async () => {
    const host = new HostClient();
    await host.request('initialize', { protocolVersion });
    host.deafen();
    const asked = host.request('processes/list', null).catch(() => null);
    const { code, signal } = await host.close();
    await asked;
    assert.equal(signal, null);
    assert.equal(code, 0, host.stderr);
  });
});
