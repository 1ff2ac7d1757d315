import assert from 'node:assert/strict';
import type { CapabilityId, InitializeResult } from '../../native-host/protocol';
import { eventually } from './eventually';
import type { HostClient } from './hostClient';
import { hostPool } from './hostPool';

export interface HostUse {
  readonly host: HostClient;
  readonly initialized: InitializeResult;
  /** Has as many descriptors as at first, plus `held` ones. */
  readonly assertNoFdLeak: (held?: number) => Promise<void>;
}

async function assertFds(host: HostClient, expected: number): Promise<void> {
  try {
    await eventually(`${expected} descriptors`, () => host.fds() === expected, 1000);
  } catch {
    assert.equal(host.fds(), expected, 'descriptors that the host has open');
  }
}

/** Where the kernel keeps no status of strangers, the news of all ends are listened to while anybody is held. */
function listensToEnds({ capabilities }: InitializeResult): boolean {
  const has = (wanted: CapabilityId): boolean =>
    capabilities.some(({ id, available }) => id === wanted && available);
  return has('procConnector') && !has('exitInfo');
}

/** A table that is subscribed listens to the kernel's news by a descriptor of its own. */
async function rest(host: HostClient): Promise<void> {
  await host.request('processes/unsubscribe', null);
  await host.request('namespaces/unsubscribe', null);
}

/**
 * Runs `body` with a native host; with `prefix` (a command that runs its arguments) or `words` (for
 * the host itself) with one of its own. Afterwards the host must have as many descriptors as before, so targets must have been released or reaped.
 */
export async function withHost(
  body: (use: HostUse) => Promise<void>,
  prefix?: readonly string[],
  words?: readonly string[],
): Promise<void> {
  const own = prefix !== undefined || words !== undefined;
  const ready = own ? await hostPool.start(prefix, words) : await hostPool.take();
  const { host, initialized, idleFds } = ready;
  const assertNoFdLeak = (held = 0): Promise<void> =>
    assertFds(host, idleFds + held + (held > 0 && listensToEnds(initialized) ? 1 : 0));
  try {
    await body({ host, initialized, assertNoFdLeak });
    await rest(host);
    await assertNoFdLeak();
  } catch (error) {
    await host.close();
    throw error;
  }
  await (own ? hostPool.close(ready) : hostPool.giveBack(ready));
}
