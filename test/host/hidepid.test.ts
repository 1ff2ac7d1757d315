import assert from 'node:assert/strict';
import { constants } from 'node:os';
import type {
  CapabilityId,
  InitializeResult,
  ProcessKey,
  TargetToken,
} from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import type { HostClient } from '../support/hostClient';
import { mountNamespaces } from '../support/mountNamespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { translations } from '../support/translations';
import { withHost } from '../support/withHost';

const nobody = 65534;
const token = 'hidden' as TargetToken;
const { SIGTERM } = constants.signals;

const has = ({ capabilities }: InitializeResult, id: CapabilityId): boolean =>
  capabilities.some((one) => one.id === id && one.available);

async function ofNobody(): Promise<Actor> {
  const actor = await Actor.start();
  await actor.ask('gid', nobody);
  await actor.ask('uid', nobody);
  await actor.ask('dumpable', 1);
  return actor;
}

/** As a host knows it from which nothing is hidden. */
async function keyOf({ pid }: Actor): Promise<ProcessKey> {
  let key = '' as ProcessKey;
  await withHost(
    async ({ host }) => void ({ key } = await host.request('processes/find', { pid })),
  );
  return key;
}

async function refusesAll(host: HostClient, key: ProcessKey): Promise<void> {
  const pattern = { kind: 'any' } as const;
  const steps = [{ signal: SIGTERM, waitMs: 20 }];
  const batch = await host.request('signal/batch', { items: [{ key }], signal: SIGTERM });
  assert.deepEqual(
    batch.results.map((one) => 'error' in one && one.error.kind),
    ['Denied'],
  );
  const asked = {
    'signal/send': host.request('signal/send', { key, signal: SIGTERM }),
    'signal/preview': host.request('signal/preview', { key, signal: SIGTERM }),
    'target/hold': host.request('target/hold', { token, key }),
    'tree/preview': host.request('tree/preview', { key }),
    'tree/stop': host.request('tree/stop', { token, key, steps }),
    'lineage/follow': host.request('lineage/follow', { token, key }),
    'next/watch': host.request('next/watch', { token, pattern, stop: true, under: key }),
    'attach/preflight': host.request('attach/preflight', { key }),
    'bridge/open': host.request('bridge/open', { token, key, address: '127.0.0.1', port: 1 }),
    'processes/open': host.request('processes/open', { key }),
    'processes/details': host.request('processes/details', { key }),
    'translate/numbers': host.request('translate/numbers', { key }),
  };
  await Promise.all(
    Object.entries(asked).map(([what, request]) => rejectsWith('Denied', request, what)),
  );
}

for (const hidepid of ['noaccess', 'invisible']) {
  describe(`a procfs with hidepid=${hidepid}`, () => {
    const hiding = (context: Mocha.Context) => {
      const script = `mount -t proc -o hidepid=${hidepid} proc /proc`;
      return [...mountNamespaces.prefix(context, script), ...asNobody(context)];
    };

    it('is said to hide others', function () {
      return withHost(({ initialized }) => {
        assert.deepEqual(initialized.world.procfs, { source: 'mounted', fault: null });
        assert.deepEqual(
          [has(initialized, 'procfs'), has(initialized, 'procfsAll')],
          [true, false],
        );
        return Promise.resolve();
      }, hiding(this));
    });

    it("shows who is the user's own, and nobody else", function () {
      return withHost(async ({ host }) => {
        const [own, other] = [await ofNobody(), await Actor.start()];
        const { rows } = await host.request('processes/list', null);
        const pids = rows.map(({ pid }) => pid);
        assert.deepEqual(
          [own.pid, host.pid, other.pid, 1].map((pid) => pids.includes(pid)),
          [true, true, false, false],
        );
        assert.deepEqual(new Set(rows.map(({ uid }) => uid)), new Set([nobody]));
      }, hiding(this));
    });

    it('lets the kernel translate numbers, from which nothing is hidden', function () {
      return withHost(async ({ host, initialized }) => {
        const { pid } = await Actor.start();
        const { ours } = translations;
        const { answers } = await translations.batch(host, [pid], ours, ours);
        assert.deepEqual(answers, [has(initialized, 'translateIoctls') ? pid : 'unproven']);
      }, hiding(this));
    });

    it("lets nobody act on another's by a key from elsewhere, and calls none ended that lives", function () {
      return withHost(async ({ host, initialized }) => {
        const other = await Actor.start();
        const key = await keyOf(other);
        const byStart = `${other.pid}@${procfs.stat(other.pid)?.startTicks}` as ProcessKey; // hidden as well
        await refusesAll(host, key);
        await rejectsWith('Denied', host.request('processes/open', { key: byStart }));
        const isAsked = initialized.tier === 'startTime' || has(initialized, 'pidfdInfo'); // else not even that
        const threads = isAsked ? 'Denied' : 'Unsupported';
        await rejectsWith(threads, host.request('signal/threads', { key }));
        assert.equal(procfs.stat(other.pid)?.state, 'S');
        await Actor.endAll();
        await rejectsWith('Gone', host.request('processes/open', { key }));
        await rejectsWith('Gone', host.request('processes/open', { key: byStart }));
      }, hiding(this));
    });
  });
}
