import assert from 'node:assert/strict';
import { constants } from 'node:os';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { HostError } from '../support/hostClient';
import { rejectsWith } from '../support/rejectsWith';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const { SIGTERM } = constants.signals;

describe('tree/stop', () => {
  it('refuses a tree that the host is in', () =>
    withHost(async ({ host }) => {
      for (const pid of [host.pid, process.pid]) {
        const { key } = await host.request('processes/find', { pid });
        const steps = trees.gracefully;
        const stopped = host.request('tree/stop', { token: trees.token, key, steps });
        assert.equal((await rejectsWith('Refused', stopped)).pid, pid);
        await rejectsWith('Refused', host.request('tree/preview', { key }));
      }
    }));

  it('refuses a tree that overlaps with one that is being stopped', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const above = await Actor.start();
      const root = await above.fork();
      const [child, beside] = [await root.fork(), await above.fork()];
      for (const actor of [root, child]) await actor.ask('handle', SIGTERM);
      const first = trees.stop(host, root, [{ signal: SIGTERM, waitMs: 60_000 }]);
      await host.next('tree/progress', ({ phase }) => phase === 'waiting');
      const late = await root.fork();
      const fds = host.fds();
      for (const { pid } of [above, root, child, late]) {
        const { key } = await host.request('processes/find', { pid });
        const params = { token: 'other' as TargetToken, key, steps: trees.gracefully };
        await rejectsWith('Overlaps', host.request('tree/stop', params));
        await rejectsWith('Overlaps', host.request('tree/preview', { key }));
      }
      assert.equal(host.fds(), fds);
      const { key } = await host.request('processes/find', { pid: beside.pid });
      const other = { token: 'other' as TargetToken, key, steps: trees.gracefully };
      assert.equal((await host.request('tree/stop', other)).members[0]?.outcome, 'ended');
      await host.request('tree/cancel', { token: trees.token });
      await first;
      await assertNoFdLeak();
    }));

  it('refuses the second of two that overlap where the first has not looked around yet', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      const child = await root.fork();
      for (const actor of [root, child]) await actor.ask('handle', SIGTERM);
      const { key } = await host.request('processes/find', { pid: root.pid });
      const { key: below } = await host.request('processes/find', { pid: child.pid });
      const steps = [{ signal: SIGTERM, waitMs: 600 }];
      for (const [one, other] of [
        [key, below],
        [below, key],
      ] as const) {
        const first = host.request('tree/stop', { token: trees.token, key: one, steps });
        const second = { token: 'other' as TargetToken, key: other, steps };
        await rejectsWith('Overlaps', host.request('tree/stop', second));
        await host.request('tree/cancel', { token: trees.token });
        await first;
      }
    }));

  it('refuses a token that is in use, and another program', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      await root.ask('handle', SIGTERM);
      const { key } = await host.request('processes/find', { pid: root.pid });
      const steps = [{ signal: SIGTERM, waitMs: 60_000 }];
      const params = { token: trees.token, key, steps };
      const first = host.request('tree/stop', params);
      await rejectsWith('Invalid', host.request('tree/stop', params));
      await host.request('tree/cancel', { token: trees.token });
      await first;
      const changed = { ...params, token: 'other' as TargetToken, program: 'another' as never };
      await rejectsWith('ProgramChanged', host.request('tree/stop', changed));
    }));

  it('says that its root is gone', () =>
    withHost(async ({ host }) => {
      const top = await Actor.start();
      const root = await top.fork();
      const { key } = await host.request('processes/find', { pid: root.pid });
      root.exit(0);
      await top.reap(root);
      const steps = trees.gracefully;
      const stopped = host.request('tree/stop', { token: trees.token, key, steps });
      await rejectsWith('Gone', stopped);
      await assert.rejects(stopped, HostError);
    }));
});
