import type { CapabilityId } from '../../native-host/protocol';
import { has } from './has';
import { skipBecause } from './results';

/** A hook for `before`, or called with a test's context: what follows is about something that not every kernel has. */
export const needs = (...ids: readonly CapabilityId[]) =>
  async function (this: Mocha.Context): Promise<void> {
    for (const id of ids) if (!(await has(id))) skipBecause(this, `this kernel lacks ${id}`);
  };
