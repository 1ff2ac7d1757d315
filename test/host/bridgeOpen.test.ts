import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TargetToken } from '../../native-host/protocol';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { hostPool } from '../support/hostPool';
import { NodeProgram, ownNetwork } from '../support/nodeProgram';
import { ownNetworks } from '../support/ownNetworks';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { someone } from '../support/sandbox';
import { signalling } from '../support/signalling';
import { withHost } from '../support/withHost';

const { keyOf } = signalling;

async function ownHost(): Promise<{ host: HostClient } & AsyncDisposable> {
  const { host } = await hostPool.start();
  return { host, [Symbol.asyncDispose]: async () => void (await host.close()) };
}

describe('bridge/open', () => {
  const token = 'a bridge' as TargetToken;
  const to = { address: '127.0.0.1', port: 9229 };

  it('is one folder and one child, and neither is left when it is closed', function () {
    ownNetworks(this);
    return withHost(async ({ host, assertNoFdLeak }) => {
      await using node = await NodeProgram.start({ prefix: ownNetwork });
      const key = await keyOf(host, node);
      const { socket } = await host.request('bridge/open', { token, key, ...to });
      assert.ok(existsSync(socket));
      const [child] = procfs.children(host.pid);
      assert.ok(child);
      assert.equal(procfs.namespace(child, 'net'), procfs.namespace(node.pid, 'net'));
      assert.equal(procfs.namespace(child, 'mnt'), procfs.namespace('self', 'mnt'));
      await rejectsWith('Invalid', host.request('bridge/open', { token, key, ...to }));
      await host.request('bridge/close', { token });
      await host.request('bridge/close', { token });
      assert.ok(!existsSync(dirname(socket)));
      await assertNoFdLeak();
    });
  });

  it('is given up when it is closed before it is built', function () {
    ownNetworks(this);
    return withHost(async ({ host, assertNoFdLeak }) => {
      await using node = await NodeProgram.start({ prefix: ownNetwork });
      const key = await keyOf(host, node);
      const early = host.request('bridge/open', { token, key, ...to });
      const closed = host.request('bridge/close', { token });
      const late = host.request('bridge/open', { token, key, ...to }); // the token is free again
      await rejectsWith('Invalid', early);
      const [{ socket }] = await Promise.all([late, closed]);
      assert.equal(procfs.children(host.pid).length, 1);
      await host.request('bridge/close', { token });
      assert.ok(!existsSync(dirname(socket)));
      await assertNoFdLeak();
    });
  });

  it('ends with the host, however that ends', async function () {
    ownNetworks(this);
    await using node = await NodeProgram.start({ prefix: ownNetwork });
    for (const end of ['close', 'kill'] as const) {
      await using owned = await ownHost();
      const { host } = owned;
      const key = await keyOf(host, node);
      const { socket } = await host.request('bridge/open', { token, key, ...to });
      const [child = 0] = procfs.children(host.pid);
      await Promise.all([host.exited, host[end]()]);
      // Whoever is its parent by now may take his time to collect it.
      await eventually('the child has ended', () =>
        'ZX'.includes(procfs.stat(child)?.state ?? 'X'),
      );
      assert.ok(!existsSync(dirname(socket)), end);
    }
  });

  it('is denied to another user', async function () {
    ownNetworks(this);
    await using node = await NodeProgram.start({ prefix: ownNetwork });
    await withHost(async ({ host }) => {
      const key = await keyOf(host, node);
      await rejectsWith('Denied', host.request('bridge/open', { token, key, ...to }));
    }, someone);
  });
});
