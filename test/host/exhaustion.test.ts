import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessKey, TargetToken } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { withFewFiles, withoutFiles } from '../support/fewFiles';
import type { HostClient } from '../support/hostClient';
import { requireNews } from '../support/liveTable';
import { mountNamespaces } from '../support/mountNamespaces';
import { newsSockets } from '../support/newsSocket';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const token = 'target' as TargetToken;

async function hold(host: HostClient, { pid }: Actor): Promise<void> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('target/hold', { token, key });
}

describe('a host that can open no file any more', () => {
  for (const without of [[], ['exitInfo'], ['exitInfo', 'procConnector', 'pollHup']]) {
    const title = without.length > 0 ? ` (without ${without.join(', ')})` : '';
    it(`tells the end of a process that it holds, and lives on${title}`, () =>
      withHost(
        async ({ host }) => {
          const { parent, child } = await children.foreign();
          await hold(host, child);
          await withoutFiles(host, async () => {
            child.exit(7);
            assert.equal((await host.next('target/exited')).parent, null);
            await rejectsWith('Exhausted', host.request('processes/find', { pid: parent.pid }));
            await parent.reap(child);
            const { status } = await host.next('target/reaped');
            const isKnown = status.kind === 'exited' && status.code === 7;
            assert.ok(isKnown || status.kind === 'unknown', JSON.stringify(status));
          });
          await host.request('processes/find', { pid: parent.pid });
        },
        undefined,
        [`--without=${without.join(',')}`],
      ));
  }

  describe('while users are called otherwise', () => {
    let folder: string;
    before(() => void (folder = mkdtempSync(join(tmpdir(), 'pidfd-users-'))));
    after(() => rmSync(folder, { recursive: true }));

    const call = (root: string) =>
      writeFileSync(join(folder, 'passwd'), `${root}:x:0:0::/:/bin/sh\n`);

    const users = async (host: HostClient) => {
      const { rows } = await host.request('processes/list', null);
      return new Set(rows.filter(({ uid }) => uid === 0).map(({ user }) => user));
    };

    it('learns it as soon as it can', function () {
      call('first');
      const prefix = mountNamespaces.prefix(this, `mount --bind ${folder}/passwd /etc/passwd`);
      return withHost(async ({ host }) => {
        assert.deepEqual(await users(host), new Set(['first']));
        call('second');
        await withoutFiles(host, async () => void (await rejectsWith('Exhausted', users(host))));
        assert.deepEqual(await users(host), new Set(['second']));
      }, prefix);
    });
  });

  it('gives up waiting for a process where it can see none, and says so', function () {
    return withHost(async ({ host, initialized }) => {
      const pattern = { kind: 'name', name: 'nobody' } as const;
      const mode = await host.request('next/watch', { token, pattern, stop: false });
      requireNews(this, initialized, mode);
      const actor = await children.own();
      process.kill(host.pid, 'SIGSTOP'); // our own child
      await eventually('it stands still', () => procfs.stat(host.pid)?.state === 'T');
      const dropped = () => newsSockets(host.pid).some(({ drops }) => drops > 0);
      for (let times = 0; times < 100 && !dropped(); times++) await actor.ask('churn', 2000);
      assert.ok(dropped(), 'the socket is never full');
      await withoutFiles(host, async () => {
        process.kill(host.pid, 'SIGCONT');
        assert.equal((await host.next('next/failed')).error.kind, 'Exhausted');
      });
    });
  });
});

async function end(host: HostClient): Promise<void> {
  await host.request('target/release', { token });
  await host.request('next/end', { token });
}

type Request = (host: HostClient, key: ProcessKey) => Promise<unknown>;

describe('a request that runs out of descriptors leaves none open', () => {
  const pattern = { kind: 'name', name: 'nobody' } as const;
  const requests: Record<string, Request> = {
    'target/hold': (host, key) => host.request('target/hold', { token, key }),
    'signal/threads': (host, key) => host.request('signal/threads', { key }),
    'next/watch': (host) => host.request('next/watch', { token, pattern, stop: false }),
    'next/watch that stops': (host) => host.request('next/watch', { token, pattern, stop: true }),
    'next/expect': (host, key) => host.request('next/expect', { token, key }),
    'next/watch of descendants': (host, key) =>
      host.request('next/watch', { token, pattern, stop: false, under: key }),
  };
  for (const [name, request] of Object.entries(requests)) {
    for (const without of ['', 'exitInfo']) {
      it(`${name}${without && ` (without ${without})`}`, () =>
        withHost(
          async ({ host, assertNoFdLeak }) => {
            const { pid } = await children.own();
            const { key } = await host.request('processes/find', { pid });
            for (const left of [0, 1, 2, 3, 4, 5, 6, 7, 10, 14]) {
              await withFewFiles(host, left, async () => {
                const done = request(host, key).then(
                  () => true,
                  () => false,
                );
                if (await done) await end(host);
              });
              await assertNoFdLeak();
            }
          },
          undefined,
          [`--without=${without}`],
        ));
    }
  }
});
