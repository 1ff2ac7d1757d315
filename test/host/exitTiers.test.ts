import assert from 'node:assert/strict';
import type {
  CapabilityId,
  ExitSource,
  ExitStatus,
  Notifications,
  TargetToken,
} from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { holdUp } from '../support/holdUp';
import type { HostClient } from '../support/hostClient';
import { procfs } from '../support/procfs';
import { requireCapability } from '../support/requireCapability';
import { withHost } from '../support/withHost';

const token = 'target' as TargetToken;

async function hold(host: HostClient, { pid }: Actor, name = token): Promise<void> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('target/hold', { token: name, key });
}

const reaped = (host: HostClient): Promise<Notifications['target/reaped']> =>
  host.next('target/reaped', (event) => event.token === token);

interface Pair {
  readonly parent: Actor;
  readonly child: Actor;
}

/** Holds, ends, collects; says what came of it. */
async function endingOf(host: HostClient, { parent, child }: Pair, end: () => void) {
  await hold(host, child);
  end();
  await host.next('target/exited', (event) => event.token === token);
  await parent.reap(child);
  const { status, source } = await reaped(host);
  return { status, source };
}

interface Tier {
  readonly without: string;
  readonly source: ExitSource;
  /** Whether the kernel says that a signal left a core dump. */
  readonly dumps: boolean | null;
}

const tiers: readonly Tier[] = [
  { without: 'pollHup', source: 'pidfd', dumps: false },
  { without: 'exitInfo', source: 'connector', dumps: null },
  { without: 'exitInfo,pollHup', source: 'connector', dumps: null },
  { without: 'exitInfo,procConnector', source: 'zombie', dumps: null },
  { without: 'exitInfo,procConnector,pollHup', source: 'zombie', dumps: null },
];

const best: Readonly<Record<string, CapabilityId>> = {
  pidfd: 'exitInfo',
  connector: 'procConnector',
};

function withTier(
  context: Mocha.Context,
  { without, source }: Tier,
  body: (host: HostClient) => Promise<void>,
): Promise<void> {
  return withHost(
    async ({ host, initialized }) => {
      const needed = best[source];
      if (needed) requireCapability(context, initialized, needed);
      await body(host);
    },
    undefined,
    [`--without=${without}`],
  );
}

for (const tier of tiers) {
  const { source, dumps } = tier;
  const exited = (code: number): ExitStatus => ({ kind: 'exited', code });

  describe(`an end without ${tier.without}`, () => {
    it(`is told exactly, by the ${source}`, function () {
      return withTier(this, tier, async (host) => {
        for (const code of [0, 7]) {
          const pair = await children.foreign();
          const ending = await endingOf(host, pair, () => pair.child.exit(code));
          assert.deepEqual(ending, { status: exited(code), source });
        }
        const pair = await children.foreign();
        const { status } = await endingOf(host, pair, () => pair.child.raise('SIGTERM'));
        assert.deepEqual(status, { kind: 'signaled', signal: 15, coreDumped: dumps });
      });
    });

    it('is not that of a first thread that left early', function () {
      return withTier(this, tier, async (host) => {
        const pair = await children.foreign();
        await hold(host, pair.child);
        await pair.child.ask('handover');
        await children.becomesZombie(pair.child.pid);
        await host.request('processes/list', null); // time enough for its event
        assert.deepEqual(host.untaken('target/exited'), []);
        pair.child.exit(7);
        await host.next('target/exited');
        await pair.parent.reap(pair.child);
        assert.deepEqual((await reaped(host)).status, exited(7));
      });
    });

    it('is told to both who hold it', function () {
      return withTier(this, tier, async (host) => {
        const { parent, child } = await children.foreign();
        const other = 'other' as TargetToken;
        await hold(host, child);
        await hold(host, child, other);
        child.exit(3);
        // Read while it is a zombie, under each token: without better news the reap takes its status away.
        for (const one of [token, other]) {
          await host.next('target/exited', (event) => event.token === one);
        }
        await parent.reap(child);
        const second = host.next('target/reaped', (event) => event.token === other);
        assert.deepEqual(
          [(await reaped(host)).status, (await second).status],
          [exited(3), exited(3)],
        );
      });
    });
  });
}

describe('an end that the connector alone tells', () => {
  it('is told exactly, though another listener comes before it is asked for', function () {
    const tier = { without: 'exitInfo', source: 'connector', dumps: null } as const;
    return withTier(this, tier, async (host) => {
      const { parent, child } = await children.foreign();
      await hold(host, child);
      process.kill(host.pid, 'SIGSTOP'); // our own child
      await eventually('it stands still', () => procfs.stat(host.pid)?.state === 'T');
      child.exit(7);
      await parent.reap(child);
      await withHost(async ({ host: other }) => {
        await other.request('processes/subscribe', null);
        await parent.ask('churn', 100); // news on each processor
      }, []);
      process.kill(host.pid, 'SIGCONT');
      const { status, source } = await reaped(host);
      assert.deepEqual([status, source], [{ kind: 'exited', code: 7 }, 'connector']);
    });
  });
});

describe("another user's end", () => {
  const connectorless = ['--without=exitInfo,procConnector'];

  it('is not believed to be 0 without permission', async function () {
    await withHost(
      async ({ host }) => {
        const pair = await children.foreign();
        const { status, source } = await endingOf(host, pair, () => pair.child.exit(0));
        assert.deepEqual(status, { kind: 'unknown', reason: 'permission' });
        assert.equal(source, 'none');
      },
      asNobody(this),
      connectorless,
    );
  });

  it('is not believed to be 0 where its parent collects it while it is asked for', async function () {
    await withHost(
      async ({ host }) => {
        const { parent, child } = await children.foreign();
        await hold(host, child);
        const where = { call: 'pidfd_send_signal', argument: 1, value: 0 } as const; // is it reaped?
        const held = await holdUp(this, host.pid, { when: 'after', ...where });
        child.exit(7);
        await held.reached;
        await parent.reap(child);
        await held.letGo();
        const { status } = await reaped(host);
        assert.deepEqual(status, { kind: 'unknown', reason: 'permission' });
      },
      asNobody(this),
      connectorless,
    );
  });

  it('is told by the connector, which asks for no permission', async function () {
    const nobody = asNobody(this);
    await withHost(
      async ({ host, initialized }) => {
        requireCapability(this, initialized, 'procConnector', ' for ordinary users');
        for (let code = 0; code < 40; code++) {
          const pair = await children.foreign();
          const { status, source } = await endingOf(host, pair, () => pair.child.exit(code));
          assert.deepEqual([status, source], [{ kind: 'exited', code }, 'connector']);
        }
      },
      nobody,
      ['--without=exitInfo'],
    );
  });
});

describe('1,000 waits', () => {
  it('that are cancelled at once leave nothing behind', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const parent = await Actor.start();
      const pids = (await parent.ask('crowd', 1000)).map(Number);
      const { rows } = await host.request('processes/list', null);
      const keys = new Map(rows.map(({ pid, key }) => [pid, key]));
      const held = pids.map((pid) => {
        const key = keys.get(pid) ?? assert.fail();
        return host.request('target/hold', { token: String(pid) as TargetToken, key });
      });
      await Promise.all(held);
      await assertNoFdLeak(1000);
      await Promise.all(
        pids.map((pid) => host.request('target/release', { token: String(pid) as TargetToken })),
      );
      await assertNoFdLeak();
      await parent.ask('openGate');
      await parent.ask('harvest');
      await host.request('processes/list', null);
      assert.deepEqual(host.untaken('target/reaped'), []);
      assert.deepEqual(host.untaken('target/exited'), []);
      assert.equal(procfs.stat(pids[0] ?? 0), null);
    }));
});
