import assert from 'node:assert/strict';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetToken } from '../../native-host/protocol';
import { children } from '../support/children';
import { mountNamespaces } from '../support/mountNamespaces';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

/** All that the native host writes is a folder for the socket of a bridge. */
describe('a full disk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-full-'));
  });

  afterEach(() => rmdirSync(folder));

  it('is said where a bridge would need it, with the folder, and costs nothing else', async function () {
    const mount = `mount -t tmpfs -o nr_inodes=1 none ${folder}`; // its root is one
    const prefix = [...mountNamespaces.prefix(this, mount), 'env', `TMPDIR=${folder}`];
    const actor = await children.own();
    await withHost(async ({ host }) => {
      const { key } = await host.request('processes/find', { pid: actor.pid });
      const token = 'bridge' as TargetToken;
      const to = { address: '127.0.0.1', port: 9229 };
      const opened = host.request('bridge/open', { token, key, ...to });
      const { cause, limit } = await rejectsWith('Exhausted', opened);
      assert.match(cause ?? '', /^ENOSPC: .*, mkdtemp '.*pidfd-full-/);
      assert.equal(limit, null, 'it is not about open files');
      await host.request('target/hold', { token, key });
      await host.request('target/release', { token });
    }, prefix);
  });
});
