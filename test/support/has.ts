import type { CapabilityId } from '../../native-host/protocol';
import { hostPool } from './hostPool';

/** Whether this kernel, as this user sees it, has that. */
export async function has(id: CapabilityId): Promise<boolean> {
  const ready = await hostPool.take();
  await hostPool.giveBack(ready);
  return ready.initialized.capabilities.some((one) => one.id === id && one.available);
}
