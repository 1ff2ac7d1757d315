import assert from 'node:assert/strict';
import { constants } from 'node:os';
import type { CapabilityId, IdentityTier, TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { hostPool } from '../support/hostPool';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const { SIGTERM } = constants.signals;
const token = 'watched' as TargetToken;

interface Refusal {
  readonly call: string;
  /** What the host can do no longer; for what is not listed nothing changes. */
  readonly lost: readonly CapabilityId[];
  /** The best that keys can be then. */
  readonly tier?: IdentityTier;
}

const pidfdInfo: readonly CapabilityId[] = ['pidfdInfo', 'exitInfo'];

const refusals: readonly Refusal[] = [
  { call: 'pidfd_open', lost: ['pidfdOpen', 'pidfs', 'threadPidfds'], tier: 'none' },
  { call: 'pidfd_send_signal', lost: ['pidfdSendSignal', 'groupSignals'], tier: 'none' },
  { call: 'pidfd_getfd', lost: [] },
  {
    call: 'ioctl',
    lost: [...pidfdInfo, 'namespaceIoctls', 'translateIoctls'],
    tier: 'inode',
  },
  { call: 'open_by_handle_at', lost: ['pidfsHandles'], tier: 'inode' },
  { call: 'name_to_handle_at', lost: [] },
  { call: 'fsopen', lost: ['privateProcfs'] },
  { call: 'socket', lost: ['procConnector'] },
];

/** Container engines answer EPERM, older ones ENOSYS. Either is a capability less, said, and nothing worse. */
describe('a host whose container refuses', () => {
  let lackingAnyway: readonly CapabilityId[];

  before(async () => {
    const ready = await hostPool.take();
    await hostPool.giveBack(ready);
    const { capabilities } = ready.initialized;
    lackingAnyway = capabilities.filter(({ available }) => !available).map(({ id }) => id);
  });

  for (const { call, lost, tier } of refusals) {
    for (const errno of ['EPERM', 'ENOSYS']) {
      const prefix = () => [buildFixtures().refuse, errno, call, '--'];

      it(`${call} by ${errno}: says what it lacks`, () =>
        withHost(async ({ initialized }) => {
          for (const { id, available, error } of initialized.capabilities) {
            if (!lost.includes(id)) continue;
            assert.equal(available, false, id);
            if (!lackingAnyway.includes(id))
              assert.ok(['EPERM', 'ENOSYS', null].includes(error), `${id}: ${error}`);
          }
          if (tier === 'none') assert.equal(initialized.tier, 'none');
          if (tier === 'inode') assert.notEqual(initialized.tier, 'handle');
          return Promise.resolve();
        }, prefix()));

      it(`${call} by ${errno}: keeps its promise with what is left`, () =>
        withHost(async ({ host, initialized }) => {
          const actor = await Actor.start();
          const { rows } = await host.request('processes/list', null);
          const row = rows.find(({ pid }) => pid === actor.pid);
          assert.ok(row, 'it is listed');
          const { key } = row;
          if (initialized.tier === 'none') {
            await rejectsWith('Unsupported', host.request('signal/send', { key, signal: SIGTERM }));
            await rejectsWith('Unsupported', host.request('target/hold', { token, key }));
            return actor.exit(0);
          }
          await host.request('target/hold', { token, key });
          await host.request('signal/send', { key, signal: SIGTERM });
          const { status } = await host.next('target/reaped');
          assert.notEqual(status.kind, 'exited');
          if (status.kind === 'signaled') assert.equal(status.signal, SIGTERM);
        }, prefix()));
    }
  }
});
