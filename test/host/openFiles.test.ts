import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { NS_GET_PARENT } from '../../native-host/kernel/constants';
import type { ProcessKey, TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { holdUp } from '../support/holdUp';
import { entry, type HostClient } from '../support/hostClient';
import { mountNamespaces } from '../support/mountNamespaces';
import { NodeProgram, ownNetwork } from '../support/nodeProgram';
import { openKinds } from '../support/openKinds';
import { ownNetworks } from '../support/ownNetworks';
import { procfs } from '../support/procfs';
import { onlyRoot, skipBecause } from '../support/results';
import { securityTable } from '../support/securityTable';
import { trees } from '../support/trees';
import { type HostUse, withHost } from '../support/withHost';

const { SIGCONT, SIGTERM } = constants.signals;
const tokenOf = (name: string) => name as TargetToken;

/** May be open at any look, and at none: Node's own affair, and a read of what somebody has just started. */
const passing = ['io_uring', 'program'];

/** What was open at some look, by whose it was. */
const seen = new Map<string, Set<string>>();

/** What is always open is, what is open at times if that is so now, and nothing else. */
function assertOpen(whose: string, found: readonly string[], now: readonly string[]): void {
  const always = [...securityTable(whose)].filter(([, when]) => when === 'always');
  const expected = [...always.map(([kind]) => kind), ...now].sort();
  const told = found.filter((kind) => !passing.includes(kind));
  assert.deepEqual([...new Set(told)].sort(), expected, `open in ${whose}`);
  for (const kind of now)
    assert.ok(securityTable(whose).has(kind), `${kind} of ${whose} is listed`);
  seen.set(whose, new Set([...(seen.get(whose) ?? []), ...found]));
}

/** A tree whose stop waits: there is a guardian. */
async function stopping(host: HostClient): Promise<{ readonly over: Promise<unknown> }> {
  const root = await Actor.start();
  await root.ask('handle', SIGTERM);
  const over = trees.stop(host, root, [{ signal: SIGTERM, waitMs: 60_000 }]);
  await host.next('tree/progress', ({ phase }) => phase === 'waiting');
  return { over };
}

/** A namespace is open only while numbers are translated: the host is held up when it asks for its parent. */
async function whileTranslating(context: Mocha.Context, host: HostClient, key: ProcessKey) {
  const held = await holdUp(context, host.pid, {
    ...{ when: 'before', call: 'ioctl', argument: 1, value: NS_GET_PARENT },
  });
  const target = { kind: 'process', key } as const;
  const items = [{ numbers: [1], source: { kind: 'ours' }, target }] as const;
  const asked = host.request('translate/batch', { items });
  await held.reached;
  const kinds = openKinds(host.pid);
  await held.letGo();
  await asked;
  return kinds;
}

/** Everything that opens something and keeps it. */
async function useAll(host: HostClient, key: ProcessKey): Promise<() => Promise<void>> {
  await host.request('processes/subscribe', null);
  await host.request('namespaces/subscribe', null);
  await host.request('target/hold', { token: tokenOf('held'), key });
  await host.request('lineage/follow', { token: tokenOf('followed'), key });
  const pattern = { kind: 'name', name: 'nobody is called so' } as const;
  await host.request('next/watch', { token: tokenOf('next'), pattern, stop: false });
  await host.request('attach/preflight', { key });
  await host.request('sockets/listening', { keys: null });
  const stop = await stopping(host);
  return async () => {
    await host.request('tree/cancel', { token: trees.token });
    await stop.over;
    await host.request('next/end', { token: tokenOf('next') });
    await host.request('lineage/forget', { token: tokenOf('followed') });
    await host.request('target/release', { token: tokenOf('held') });
  };
}

/** `procfsKind`: what the directory of its procfs is called. */
async function inUse(
  context: Mocha.Context,
  { host, initialized }: HostUse,
  procfsKind: string,
): Promise<void> {
  const { pid } = await Actor.start();
  const { key } = await host.request('processes/find', { pid });
  const undo = await useAll(host, key);
  const { capabilities } = initialized;
  const isTold = capabilities.some(({ id, available }) => id === 'procConnector' && available);
  const kinds = await whileTranslating(context, host, key);
  const news = isTold ? ['netlink socket'] : [];
  assertOpen('The native host', kinds, ['pidfd', 'namespace', ...news, procfsKind]);
  const [guardian = 0, ...others] = procfs.children(host.pid);
  assert.deepEqual(others, []);
  assertOpen('Its guardian', openKinds(guardian), [procfsKind]);
  await undo();
}

const hasIpv6 = (): boolean => existsSync('/proc/net/if_inet6');

const listening = (address: string) =>
  `require('net').createServer().listen(9229, '${address}', () => console.log('listens'));`;

const bridges = [
  ['127.0.0.1', 'tcp socket'],
  ['::1', 'tcp6 socket'],
] as const;

describe('what is open, compared with docs/security.md', () => {
  it('in a native host that does nothing', () =>
    withHost(({ host }) => {
      assertOpen('The native host', openKinds(host.pid), ['procfs']);
      return Promise.resolve();
    }));

  it('in a native host and its guardian while everything is in use', function () {
    return withHost((use) => inUse(this, use, 'procfs'));
  });

  it('in both where /proc is none', function () {
    const prefix = mountNamespaces.prefix(this, 'umount --lazy /proc');
    return withHost((use) => inUse(this, use, '/'), prefix);
  });

  it('in a guardian that continues what was stopped', function () {
    return withHost(async ({ host, initialized: { tier } }) => {
      const { pid } = await Actor.start();
      const { key } = await host.request('processes/find', { pid });
      const guardian = spawn(process.execPath, [entry, 'guardian', tier]);
      guardian.stdin.write(`${key}\n`);
      await once(guardian.stdout, 'data');
      const held = await holdUp(this, guardian.pid ?? 0, {
        ...{ when: 'before', call: 'pidfd_send_signal', argument: 1, value: SIGCONT },
      });
      guardian.stdin.end();
      await held.reached;
      assertOpen('Its guardian', openKinds(guardian.pid ?? 0), ['procfs', 'pidfd']);
      await Promise.all([once(guardian, 'close'), held.letGo()]);
    });
  });

  for (const [address, kind] of bridges) {
    it(`in a bridge to ${address}, which alone listens: in a folder that nobody else enters`, async function () {
      ownNetworks(this);
      if (address === '::1' && !hasIpv6()) skipBecause(this, 'there is no IPv6 here');
      await using node = await NodeProgram.start({ prefix: ownNetwork }, listening(address));
      assert.equal(await node.line(), 'listens');
      await withHost(async ({ host }) => {
        const { key } = await host.request('processes/find', { pid: node.pid });
        const token = tokenOf('bridge');
        const to = { address, port: 9229 };
        const { socket } = await host.request('bridge/open', { token, key, ...to });
        const [child = 0] = procfs.children(host.pid);
        assertOpen('A bridge', openKinds(child), []);
        const near = connect(socket);
        await eventually('it has gone on', () => openKinds(child).includes(kind));
        assertOpen('A bridge', openKinds(child), ['unix socket with a name', kind]);
        assert.equal(statSync(dirname(socket)).mode & 0o777, 0o700);
        assert.deepEqual(
          openKinds(host.pid).filter((kind) => kind.includes('listens')),
          [],
        );
        near.destroy();
        await host.request('bridge/close', { token });
      });
    });
  }

  it('is all that is listed there, at some look of these', function () {
    onlyRoot(this, 'can see all of it');
    const rare = [...passing, ...(hasIpv6() ? [] : ['tcp6 socket'])];
    for (const [whose, kinds] of seen) {
      const unseen = [...securityTable(whose).keys()].filter((kind) => !kinds.has(kind));
      assert.deepEqual(
        unseen.filter((kind) => !rare.includes(kind)),
        [],
        whose,
      );
    }
    assert.equal(seen.size, 3);
  });
});
