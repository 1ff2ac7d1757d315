import type { CapabilityId, InitializeResult } from '../../native-host/protocol';
import { skipBecause } from './results';

/** As its own native host has it; `whose`, where that runs as another user than the test. */
export function requireCapability(
  context: Mocha.Context,
  { capabilities }: InitializeResult,
  id: CapabilityId,
  whose: '' | ' for ordinary users' = '',
): void {
  if (capabilities.some((one) => one.id === id && one.available)) return;
  skipBecause(context, `this kernel lacks ${id}${whose}`);
}
