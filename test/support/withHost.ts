import assert from 'node:assert/strict';
import { type InitializeResult, protocolVersion } from '../../native-host/protocol';
import { eventually } from './eventually';
import { HostClient } from './hostClient';

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

/**
 * Runs `body` with a native host of its own. Afterwards the host must have as many descriptors as before, and must end
 * by itself, without complaint, when its pipe ends. Targets must have been released or reaped by then.
 */
export async function withHost(
  body: (use: HostUse) => Promise<void>,
  prefix: readonly string[] = [],
): Promise<void> {
  const host = new HostClient(prefix);
  try {
    const initialized = await host.request('initialize', { protocolVersion });
    await host.request('processes/list', null); // what is opened once, on first use, is open from here on
    const before = host.fds();
    const assertNoFdLeak = (held = 0): Promise<void> => assertFds(host, before + held);
    await body({ host, initialized, assertNoFdLeak });
    await assertNoFdLeak();
  } catch (error) {
    await host.close();
    throw error;
  }
  assert.deepEqual(await host.close(), { code: 0, signal: null }, host.stderr);
}
