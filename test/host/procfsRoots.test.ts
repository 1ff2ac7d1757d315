import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { protocolVersion } from '../../native-host/protocol';
import type { ProcfsUsed } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { HostClient } from '../support/hostClient';
import { mountNamespaces } from '../support/mountNamespaces';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { withHost } from '../support/withHost';

const noProc = 'umount --lazy /proc';
const pidNamespace = ['--pid', '--fork', '--kill-child'];

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

describe('the procfs of the native host', () => {
  it('is /proc where that is of its own PID namespace', () =>
    withHost(({ initialized }) => {
      assert.deepEqual(initialized.world.procfs, { source: 'mounted', fault: null });
      return Promise.resolve();
    }));

  const faults: readonly (readonly [string, ProcfsUsed['fault']])[] = [
    [noProc, 'missing'],
    ['mount -t tmpfs none /proc && touch /proc/file', 'notProcfs'],
  ];
  for (const [script, fault] of faults) {
    it(`is a private one where /proc is ${fault}, and nothing is missed`, function () {
      return withHost(
        async ({ host, initialized }) => {
          assert.deepEqual(initialized.world.procfs, { source: 'private', fault });
          assert.equal(initialized.world.bootId, bootId());
          assert.equal(initialized.world.pidNamespace, procfs.namespace('self', 'pid'));
          const [init] = (await namespaces.nest(this, 1)) as [Actor];
          const row = await host.request('processes/find', { pid: init.pid });
          assert.equal(row.kind, 'containerInit');
          assert.ok(Math.abs(Number(row.startedAt) - Date.now()) < 60_000);
          const { numbers } = await host.request('translate/numbers', { key: row.key });
          assert.deepEqual(
            numbers.map(({ nsPid }) => nsPid),
            [init.pid, 1],
          );
          const { rows } = await host.request('processes/list', null);
          assert.ok(rows.some(({ key }) => key === row.key));
        },
        mountNamespaces.prefix(this, script),
      );
    });
  }

  it("is a private one where /proc is another PID namespace's", function () {
    return withHost(
      async ({ host, initialized }) => {
        const { world } = initialized;
        assert.deepEqual(world.procfs, { source: 'private', fault: 'foreign' });
        assert.deepEqual([world.pid, world.bootId], [1, bootId()]);
        const { rows } = await host.request('processes/list', null);
        assert.deepEqual(
          rows.map(({ pid, kind }) => [pid, kind]),
          [[1, 'node']],
        );
      },
      mountNamespaces.prefix(this, 'true', ...pidNamespace),
    );
  });

  it('is none around it that happens to give it the same number', async function () {
    // Out here the shell is 2 and its next child 3; in there it is 1, and the next is made 3 as well.
    const inner = 'echo 2 > /proc/sys/kernel/ns_last_pid; { "$@" <&3 & } 3<&0; wait $!';
    const outer = ['--mount-proc', ...pidNamespace];
    const around = mountNamespaces.prefix(this, 'true', ...outer);
    const host = new HostClient([...around, 'unshare', ...pidNamespace, 'sh', '-c', inner, 'sh']);
    try {
      const { world } = await host.request('initialize', { protocolVersion });
      assert.equal(world.pid, 3);
      assert.deepEqual(world.procfs, { source: 'private', fault: 'foreign' });
      const { rows } = await host.request('processes/list', null);
      assert.deepEqual(rows.map(({ pid }) => pid).sort(), [1, 3]);
    } finally {
      await host.close();
    }
  });

  it('is none where an ordinary user finds no /proc, who is told so', async function () {
    const prefix = [...mountNamespaces.prefix(this, noProc), ...asNobody(this)];
    const host = new HostClient(prefix);
    const { world, capabilities } = await host.request('initialize', { protocolVersion });
    assert.deepEqual(world.procfs, { source: 'none', fault: 'missing' });
    const procfsError = capabilities.find(({ id }) => id === 'procfs')?.error;
    const privateError = capabilities.find(({ id }) => id === 'privateProcfs')?.error;
    assert.equal(procfsError, 'missing');
    assert.ok(privateError === 'EPERM' || privateError === 'ENOTTY', `${privateError}`); // ENOTTY: below 6.11
    await host.close();
  });
});
