import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { NodeProgram, ownNetwork } from '../support/nodeProgram';
import { openKinds } from '../support/openKinds';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const page = readFileSync('docs/security.md', 'utf8');
const tokenOf = (name: string) => name as TargetToken;

/** Kinds of a table of the page, by whose they are. */
function listed(whose: string): string[] {
  const part = page.split(`\n### ${whose}\n`)[1]?.split('\n#')[0] ?? '';
  return [...part.matchAll(/^\| `([^`]+)` /gm)].map(([, kind]) => kind ?? '');
}

function assertListed(whose: string, found: readonly string[]): void {
  const known = listed(whose);
  assert.ok(known.length > 0, `docs/security.md has a table "${whose}"`);
  assert.deepEqual(
    found.filter((kind) => !known.includes(kind)),
    [],
    `open in ${whose}, and not in docs/security.md`,
  );
}

/** A tree whose stop waits: there is a guardian. */
async function stopping(host: HostClient): Promise<{ readonly over: Promise<unknown> }> {
  const root = await Actor.start();
  await root.ask('handle', constants.signals.SIGTERM);
  const over = trees.stop(host, root, [{ signal: constants.signals.SIGTERM, waitMs: 60_000 }]);
  await host.next('tree/progress', ({ phase }) => phase === 'waiting');
  return { over };
}

/** Everything that opens something and keeps it. */
async function useAll(host: HostClient): Promise<() => Promise<void>> {
  const actor = await Actor.start();
  const { key } = await host.request('processes/find', { pid: actor.pid });
  await host.request('processes/subscribe', null);
  await host.request('namespaces/subscribe', null);
  await host.request('target/hold', { token: tokenOf('held'), key });
  await host.request('lineage/follow', { token: tokenOf('followed'), key });
  const pattern = { kind: 'name', name: 'nobody is called so' } as const;
  await host.request('next/watch', { token: tokenOf('next'), pattern, stop: false });
  await host.request('translate/numbers', { key });
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

describe('what is open, compared with docs/security.md', () => {
  it('in a native host that does nothing', () =>
    withHost(({ host }) => {
      assertListed('The native host', openKinds(host.pid));
      return Promise.resolve();
    }));

  it('in a native host and its guardian while everything is in use', () =>
    withHost(async ({ host }) => {
      const undo = await useAll(host);
      const kinds = openKinds(host.pid);
      assertListed('The native host', kinds);
      const [guardian = 0, ...others] = procfs.children(host.pid);
      assert.deepEqual(others, []);
      assertListed('Its guardian', openKinds(guardian));
      await undo();
    }));

  it('in a bridge, which alone listens: in a folder that nobody else enters', async function () {
    if (process.getuid?.() !== 0 || spawnSync('ip', ['-V']).error)
      skipBecause(this, 'only root with iproute2 makes this network namespace');
    await using node = await NodeProgram.start({ prefix: ownNetwork });
    await withHost(async ({ host }) => {
      const { key } = await host.request('processes/find', { pid: node.pid });
      const token = tokenOf('bridge');
      const to = { address: '127.0.0.1', port: 9229 };
      const { socket } = await host.request('bridge/open', { token, key, ...to });
      const [child = 0] = procfs.children(host.pid);
      await eventually('the bridge listens', () =>
        openKinds(child).includes('unix socket that listens'),
      );
      assertListed('A bridge', openKinds(child));
      assert.equal(statSync(dirname(socket)).mode & 0o777, 0o700);
      assert.deepEqual(
        openKinds(host.pid).filter((kind) => kind.includes('listens')),
        [],
      );
      await host.request('bridge/close', { token });
    });
  });
});
