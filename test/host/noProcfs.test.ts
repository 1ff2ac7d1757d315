import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { protocolVersion, type TargetToken } from '../../native-host/protocol';
import { has } from '../support/has';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { entry, HostClient } from '../support/hostClient';
import { mountNamespaces } from '../support/mountNamespaces';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { requireCapability } from '../support/requireCapability';
import { translations } from '../support/translations';

const { SIGTERM, SIGSTOP, SIGCONT } = constants.signals;
const { ours, of, one } = translations;
const token = 'watched' as TargetToken;

/** Below Linux 6.13 nothing says who is an ancestor of the host: it may be anybody. */
async function stopsOnlyWhoIsTold(host: HostClient, { pid }: Actor): Promise<void> {
  const isTold = await has('pidfdInfo');
  const { key } = await host.request('processes/find', { pid });
  const stopped = host.request('signal/send', { key, signal: SIGSTOP });
  if (!isTold) return void (await rejectsWith('Unsupported', stopped));
  assert.equal((await stopped).outcome, 'sent');
  await host.request('signal/send', { key, signal: SIGCONT });
}

/** No /proc is mounted, and none may be made: what needs none works all the same. */
describe('a host without any procfs', () => {
  async function within(
    context: Mocha.Context,
    body: (host: HostClient) => Promise<void>,
  ): Promise<void> {
    const prefix = mountNamespaces.prefix(context, 'umount --lazy /proc');
    const host = new HostClient(prefix, entry, ['--without=procfs']);
    try {
      const initialized = await host.request('initialize', { protocolVersion });
      requireCapability(context, initialized, 'pidfs'); // else keys are by start times, from a procfs
      assert.equal(initialized.world.procfs.source, 'none');
      const idle = host.fds();
      await body(host);
      await eventually(`${idle} descriptors`, () => host.fds() === idle);
    } finally {
      await host.close();
    }
    assert.deepEqual(await host.exited, { code: 0, signal: null }, host.stderr);
  }

  it('finds a process by its number, and says of it what the kernel tells of a pidfd', function () {
    return within(this, async (host) => {
      const { parent, child } = await children.foreign();
      const row = await host.request('processes/find', { pid: child.pid });
      const isTold = await has('pidfdInfo'); // Linux 6.13
      const told = isTold ? [parent.pid, process.getuid?.()] : [0, null];
      assert.deepEqual([row.pid, row.ppid, row.uid], [child.pid, ...told]);
      assert.deepEqual([row.state, row.startedAt, row.comm], ['?', null, ''], 'not made up');
      assert.deepEqual(await host.request('processes/open', { key: row.key }), row);
      child.exit(0);
      await parent.reap(child);
      await rejectsWith('Gone', host.request('processes/find', { pid: child.pid }));
      await rejectsWith('Gone', host.request('processes/open', { key: row.key }));
    });
  });

  it('signals it, and tells when it has ended and how', function () {
    return within(this, async (host) => {
      const { parent, child } = await children.foreign();
      const { key, program } = await host.request('processes/find', { pid: child.pid });
      await host.request('target/hold', { token, key });
      const preview = await host.request('signal/preview', { key, signal: SIGTERM });
      assert.deepEqual([preview.effect, preview.guards], ['unknown', []]);
      const sent = await host.request('signal/send', { key, program, signal: SIGTERM });
      assert.deepEqual(sent, { outcome: 'sent', members: null });
      await host.next('target/exited');
      await parent.reap(child);
      const { status, source } = await host.next('target/reaped');
      if (source === 'pidfd') {
        assert.deepEqual(status, { kind: 'signaled', signal: SIGTERM, coreDumped: false });
      }
      await rejectsWith('Gone', host.request('signal/send', { key, signal: SIGTERM }));
    });
  });

  it('does not stop what it runs in, nor whom it cannot name', function () {
    return within(this, async (host) => {
      for (const pid of [host.pid, process.pid]) {
        const { key } = await host.request('processes/find', { pid });
        await rejectsWith('Refused', host.request('signal/send', { key, signal: SIGSTOP }));
      }
      await stopsOnlyWhoIsTold(host, (await children.foreign()).child);
      const { key } = await host.request('processes/find', { pid: process.pid });
      const { guards } = await host.request('signal/preview', { key, signal: SIGTERM });
      assert.deepEqual(guards, ['ancestor']);
      const scope = { kind: 'group' } as const;
      await rejectsWith(
        'Unsupported',
        host.request('signal/send', { key, signal: SIGTERM, scope }),
      );
    });
  });

  it('translates, as the kernel does', function () {
    return within(this, async (host) => {
      translations.requireIoctls(this, await host.request('initialize', { protocolVersion }));
      const [a, b] = (await namespaces.nest(this, 2)) as [Actor, Actor];
      const child = await b.fork();
      const { key } = await host.request('processes/find', { pid: child.pid });
      const { numbers, proof } = await host.request('translate/numbers', { key });
      const ids = [procfs.namespace('self', 'pid'), translations.idOf(a), translations.idOf(b)];
      const expected = procfs.numbers(child.pid);
      assert.deepEqual(
        numbers,
        ids.map((namespace, i) => ({ namespace, nsPid: expected[i] })),
      );
      assert.equal(proof, 'ioctl');
      const there = { kind: 'process', key } as const;
      assert.equal(await one(host, child.nsPid, there, ours), child.pid);
      assert.equal(await one(host, child.pid, ours, there), child.nsPid);
      await rejectsWith('Unsupported', host.request('processes/list', null));
      const { results } = await host.request('translate/batch', {
        items: [{ numbers: [1], source: of(b), target: ours }],
      });
      assert.ok(results[0] && 'error' in results[0], 'nobody leads to a namespace by its inode');
      assert.equal(results[0].error.kind, 'Unsupported');
    });
  });
});
