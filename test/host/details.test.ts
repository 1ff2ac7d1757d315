import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type NamespaceId,
  namespaceTypes,
  type ProcessDetails,
  type ProcessKey,
} from '../../native-host/protocol';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

async function details(host: HostClient, pid: number): Promise<ProcessDetails> {
  const { key } = await host.request('processes/find', { pid });
  return host.request('processes/details', { key });
}

describe('processes/details', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pidfd-details-')));
  after(() => rmSync(folder, { recursive: true }));

  it('agrees with /proc about a child', () =>
    withHost(async ({ host }) => {
      const { actor } = buildFixtures();
      const child = await children.own();
      await child.ask('chdir', folder);
      await child.ask('thread');
      const seen = await details(host, child.pid);
      assert.equal(seen.row.pid, child.pid);
      assert.deepEqual(seen.args, { value: [actor] });
      assert.equal(seen.argsCut, false);
      assert.deepEqual(seen.exe, { value: actor });
      assert.equal(seen.exeDeleted, false);
      assert.deepEqual(seen.cwd, { value: folder });
      assert.equal(seen.threads, 2);
      for (const type of namespaceTypes) {
        assert.deepEqual(seen.namespaces[type], { value: procfs.namespace(child.pid, type) }, type);
      }
      const namespace = procfs.namespace(child.pid, 'pid');
      assert.deepEqual(seen.numbers, { value: [{ namespace, nsPid: child.pid }] });
    }));

  it('gives the namespaces and numbers of a process two levels down', function () {
    return withHost(async ({ host }) => {
      const [outer, inner] = await namespaces.nest(this, 2);
      assert.ok(outer && inner);
      const seen = await details(host, inner.pid);
      const expected: { namespace: NamespaceId; nsPid: number }[] = [
        { namespace: procfs.namespace('self', 'pid'), nsPid: inner.pid },
        { namespace: procfs.namespace(outer.pid, 'pid'), nsPid: inner.nsPid },
        { namespace: procfs.namespace(inner.pid, 'pid'), nsPid: 1 },
      ];
      assert.deepEqual(seen.numbers, { value: expected });
      assert.deepEqual(seen.namespaces.uts, { value: procfs.namespace(inner.pid, 'uts') });
      assert.notDeepEqual(seen.namespaces.uts, { value: procfs.namespace('self', 'uts') });
    });
  });

  it('says that the executable was deleted, and still names it', () =>
    withHost(async ({ host }) => {
      const program = join(folder, 'short-lived (deleted)');
      copyFileSync(buildFixtures().actor, program);
      const child = await children.own();
      await child.exec(program, program);
      assert.equal((await details(host, child.pid)).exeDeleted, false);
      rmSync(program);
      const seen = await details(host, child.pid);
      assert.deepEqual(seen.exe, { value: program });
      assert.equal(seen.exeDeleted, true);
      assert.equal(seen.row.exe, program);
      copyFileSync(buildFixtures().actor, program); // another file, which is not the one that runs
      assert.equal((await details(host, child.pid)).exeDeleted, true);
      rmSync(program);
    }));

  it('says that the folder where it works is gone', () =>
    withHost(async ({ host }) => {
      const [gone, child] = [join(folder, 'gone'), await children.own()];
      mkdirSync(gone);
      await child.ask('chdir', gone);
      rmdirSync(gone);
      const { cwd, row } = await details(host, child.pid);
      assert.deepEqual(cwd, { value: `${gone} (deleted)` });
      const { folders } = await host.request('processes/folders', { keys: [row.key] });
      assert.deepEqual(folders, [{ key: row.key, cwd }]);
      assert.ok((await host.request('attach/preflight', { key: row.key })).row);
    }));

  it('says why it cannot tell: a stranger asks', async function () {
    await withHost(async ({ host }) => {
      const child = await children.own();
      const seen = await details(host, child.pid);
      assert.deepEqual(seen.cwd, { unknown: 'permission' });
      assert.deepEqual(seen.exe, { unknown: 'permission' });
      assert.equal(seen.exeDeleted, false);
      for (const type of namespaceTypes) {
        assert.deepEqual(seen.namespaces[type], { unknown: 'permission' }, type);
      }
      assert.deepEqual(seen.numbers, { value: [{ namespace: null, nsPid: child.pid }] });
      assert.equal(seen.row.exe, null);
      assert.equal(seen.row.uid, 0);
    }, asNobody(this));
  });

  it('knows what there is to know about a zombie', () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      const seen = await details(host, child.pid);
      assert.equal(seen.row.state, 'Z');
      assert.ok('unknown' in seen.exe);
      assert.ok('unknown' in seen.cwd);
      for (const type of namespaceTypes) {
        assert.ok('unknown' in seen.namespaces[type] || seen.namespaces[type].value, type);
      }
    }));

  it('says that the process has gone', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const { key } = await host.request('processes/find', { pid: child.pid });
      child.exit(0);
      await parent.reap(child);
      await rejectsWith('Gone', host.request('processes/details', { key }));
    }));

  it('refuses what is no key', () =>
    withHost(async ({ host }) => {
      const asked = host.request('processes/details', { key: '1:2:3' as ProcessKey });
      await rejectsWith('Invalid', asked);
    }));
});
