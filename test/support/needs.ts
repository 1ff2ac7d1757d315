import type { CapabilityId } from '../../native-host/protocol';
import { hostPool } from './hostPool';
import { skipBecause } from './results';

/** A hook for `before`, or called with a test's context: what follows is about something that not every kernel has. */
export const needs = (...ids: readonly CapabilityId[]) =>
  async function (this: Mocha.Context): Promise<void> {
    const ready = await hostPool.take();
    await hostPool.giveBack(ready);
    const lacking = ready.initialized.capabilities.find(
      ({ id, available }) => ids.includes(id) && !available,
    );
    if (lacking) skipBecause(this, `this kernel lacks ${lacking.id}`);
  };
