import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { protocolVersion } from '../../native-host/protocol';
import { HostClient } from '../support/hostClient';
import { openPackage, ownTarget } from './packages';
import { writeFiles } from './zip';

describe('the native host as it is packaged', () => {
  let dir: string;

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'pidfd-package-')); // no node_modules above it
    writeFiles(openPackage(ownTarget) ?? new Map<string, Buffer>(), dir);
  });

  after(() => rmSync(dir, { recursive: true, force: true }));

  it('finds its binary with nothing installed around it, and serves', async () => {
    const host = new HostClient([], path.join(dir, 'extension/dist/native-host.js'));
    try {
      const hello = await host.request('initialize', { protocolVersion });
      assert.equal(hello.world.pid, host.pid);
      const { rows } = await host.request('processes/list', null);
      assert.ok(rows.some(({ pid }) => pid === process.pid));
    } finally {
      assert.deepEqual(await host.close(), { code: 0, signal: null });
    }
    assert.equal(host.stderr, '');
  });
});
