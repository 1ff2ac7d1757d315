import assert from 'node:assert/strict';
import { constants } from 'node:os';
import {
  capabilityIds,
  type AttachPreflight,
  type CapabilityId,
  type IdentityTier,
  type InitializeResult,
  type TargetToken,
} from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { hostPool } from '../support/hostPool';
import { preflights } from '../support/preflights';
import { rejectsWith } from '../support/rejectsWith';
import { withHost, type HostUse } from '../support/withHost';

const { SIGTERM } = constants.signals;
const token = 'watched' as TargetToken;

interface Refusal {
  readonly call: string;
  /** What the host can do no longer; for what is not listed nothing changes. */
  readonly lost: readonly CapabilityId[];
  /** The best that keys can be then. */
  readonly tier?: IdentityTier;
}

/** All else is asked through a pidfd; the kernel's news are believed where one of an end is at hand. */
const withoutPidfds: readonly CapabilityId[] = ['procfs', 'procfsAll'];

const refusals: readonly Refusal[] = [
  {
    call: 'pidfd_open',
    lost: capabilityIds.filter((id) => !withoutPidfds.includes(id)),
    tier: 'none',
  },
  { call: 'pidfd_send_signal', lost: ['pidfdSendSignal', 'groupSignals'], tier: 'none' },
  // What is asked by it can be asked otherwise: see the last test.
  { call: 'pidfd_getfd', lost: [] },
  {
    call: 'ioctl',
    // The namespace of a private procfs is had from a pidfd.
    lost: ['pidfdInfo', 'exitInfo', 'namespaceIoctls', 'translateIoctls', 'privateProcfs'],
    tier: 'inode',
  },
  { call: 'open_by_handle_at', lost: ['pidfsHandles'], tier: 'inode' },
  // Nobody calls it: the handle of a pidfd is made of its inode (kernel/pidfd.ts). It is refused along with the other.
  { call: 'name_to_handle_at', lost: [] },
  { call: 'fsopen', lost: ['privateProcfs'] },
  { call: 'socket', lost: ['procConnector'] },
];

const lacking = ({ capabilities }: InitializeResult): readonly CapabilityId[] =>
  capabilities.filter(({ available }) => !available).map(({ id }) => id);

/** Container engines answer EPERM, older ones ENOSYS. Either is a capability less, said, and nothing worse. */
describe('a host whose container refuses', () => {
  let anyway: InitializeResult;

  before(async () => {
    const ready = await hostPool.take();
    await hostPool.giveBack(ready);
    anyway = ready.initialized;
  });

  for (const { call, lost, tier } of refusals) {
    for (const errno of ['EPERM', 'ENOSYS']) {
      const prefix = () => [buildFixtures().refuse, errno, call, '--'];

      it(`${call} by ${errno}: says what it lacks, and lacks nothing else`, () =>
        withHost(async ({ initialized }) => {
          const expected = new Set([...lacking(anyway), ...lost]);
          assert.deepEqual(new Set(lacking(initialized)), expected);
          for (const { id, error } of initialized.capabilities) {
            if (lost.includes(id) && !lacking(anyway).includes(id))
              assert.ok(['EPERM', 'ENOSYS', null].includes(error), `${id}: ${error}`);
          }
          if (tier === 'inode') assert.notEqual(initialized.tier, 'handle');
          else assert.equal(initialized.tier, tier ?? anyway.tier);
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

  for (const errno of ['EPERM', 'ENOSYS']) {
    it(`pidfd_getfd by ${errno}: learns from procfs what a debugger may`, async () => {
      const actor = await Actor.start();
      const ask = async (prefix?: readonly string[]) => {
        const answers: AttachPreflight[] = [];
        const add = async ({ host }: HostUse) =>
          void answers.push(await preflights.ask(host, actor.pid));
        await withHost(add, prefix);
        return answers[0] as AttachPreflight;
      };
      const [usual, refused] = [
        await ask(),
        await ask([buildFixtures().refuse, errno, 'pidfd_getfd', '--']),
      ];
      assert.deepEqual([usual.asked, refused.asked], ['pidfd', 'mem']);
      assert.deepEqual([refused.verdict, refused.reasons], [usual.verdict, usual.reasons]);
    });
  }
});
