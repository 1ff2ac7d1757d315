import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { capabilityIds, protocolVersion } from '../../native-host/protocol';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { HostClient } from '../support/hostClient';
import { mountNamespaces } from '../support/mountNamespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const probed = [
  'pidfdOpen',
  'pidfdSendSignal',
  'pidfs',
  'pidfdInfo',
  'exitInfo',
  'pollHup',
] as const;
const probedToo = ['pidfsHandles', 'namespaceIoctls', 'translateIoctls'] as const;

describe('initialize', () => {
  it('names each capability once, with an error only where it is missing', () =>
    withHost(async ({ initialized: { capabilities } }) => {
      assert.deepEqual(capabilities.map(({ id }) => id).sort(), [...capabilityIds].sort());
      for (const { id, available, error } of capabilities) {
        // None where the kernel did answer, and the answer was no: a pidfd that is on no pidfs.
        assert.ok(!available || error === null, `${id}: available ${available}, error ${error}`);
      }
      return Promise.resolve();
    }));

  it('finds the capabilities that a separate C program finds, and the tier that follows', () =>
    withHost(async ({ initialized: { capabilities, tier } }) => {
      const found = execFileSync(buildFixtures().probe, { encoding: 'utf8' }).trim().split('\n');
      for (const id of [...probed, ...probedToo]) {
        const capability = capabilities.find((candidate) => candidate.id === id);
        assert.equal(capability?.available, found.includes(id), `${id}: ${capability?.error}`);
      }
      const expected = found.includes('pidfsHandles')
        ? 'handle'
        : found.includes('pidfs')
          ? 'inode'
          : found.includes('pidfdOpen')
            ? 'startTime'
            : 'none';
      assert.equal(tier, expected);
      return Promise.resolve();
    }));

  it('finds the same as an ordinary user, but for the processes that it cannot read', async function () {
    const prefix = asNobody(this);
    await withHost(async ({ initialized: { capabilities, world } }) => {
      const run = execFileSync(prefix[0] ?? '', [...prefix.slice(1), buildFixtures().probe], {
        encoding: 'utf8',
      });
      const found = run.trim().split('\n');
      for (const id of [...probed, ...probedToo]) {
        const capability = capabilities.find((candidate) => candidate.id === id);
        assert.equal(capability?.available, found.includes(id), `${id}: ${capability?.error}`);
      }
      assert.equal(world.uid, 65534);
      return Promise.resolve();
    }, prefix);
  });

  it('says which world it sees', () =>
    withHost(async ({ host, initialized }) => {
      const { world } = initialized;
      assert.equal(world.pid, host.pid);
      assert.equal(world.uid, userInfo().uid);
      assert.equal(world.user, userInfo().username);
      assert.equal(world.pidNamespace, procfs.namespace('self', 'pid'));
      assert.equal(world.bootId, readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
      assert.equal(world.kernel, readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim());
      return Promise.resolve();
    }));

  it('raises its soft limit of open files to the hard one', () =>
    withHost(
      async ({ host, initialized }) => {
        const limits = readFileSync(`/proc/${host.pid}/limits`, 'utf8');
        const [, soft, hard] = /Max open files +(\d+) +(\d+)/.exec(limits) ?? [];
        assert.equal(initialized.maxOpenFiles, 300);
        assert.deepEqual([soft, hard], ['300', '300']);
        return Promise.resolve();
      },
      ['prlimit', '--nofile=100:300'],
    ));

  describe('where passwd may not be read', () => {
    let folder: string;
    before(() => void (folder = mkdtempSync(join(tmpdir(), 'pidfd-users-'))));
    after(() => rmSync(folder, { recursive: true }));

    it('calls users by their numbers', function () {
      writeFileSync(join(folder, 'passwd'), 'root:x:0:0::/:/bin/sh\n', { mode: 0o600 });
      const prefix = mountNamespaces.prefix(this, `mount --bind ${folder}/passwd /etc/passwd`);
      return withHost(
        async ({ host, initialized: { world } }) => {
          assert.equal(world.user, String(world.uid));
          const { user } = await host.request('processes/find', { pid: process.pid });
          assert.equal(user, String(process.getuid?.()));
        },
        [...prefix, ...asNobody(this)],
      );
    });
  });

  it('gives the same answer the second time', () =>
    withHost(async ({ host, initialized }) => {
      assert.deepEqual(await host.request('initialize', { protocolVersion }), initialized);
    }));

  it('refuses a protocol that it does not speak', async () => {
    const host = new HostClient();
    const data = await rejectsWith(
      'Invalid',
      host.request('initialize', { protocolVersion: protocolVersion + 1 }),
    );
    assert.equal(data.row, null);
    await host.close();
  });

  it('answers one client while another is served by another host', () =>
    withHost(({ host: first }) =>
      withHost(async ({ host: second }) => {
        const [one, other] = await Promise.all([
          first.request('processes/find', { pid: second.pid }),
          second.request('processes/find', { pid: second.pid }),
        ]);
        assert.equal(one.key, other.key);
      }),
    ));
});
