import type { ProcessRow } from '../../native-host/protocol';
import { aboutSignalled } from '../errors';
import type { Services } from '../services';
import { askScope } from './askScope';
import { askValue } from './askValue';
import { pickSignal } from './signalPicker';
import type { OrderScope, SignalOrder } from './signalOrder';

/** Asks which signal; for whom and with what value only when somebody wants to say so. Undefined: cancelled. */
export async function chooseOrder(
  services: Pick<Services, 'host' | 'log'>,
  who: string,
  row: ProcessRow | undefined,
): Promise<SignalOrder | undefined> {
  let scope: OrderScope = { kind: 'process' };
  for (;;) {
    const step = await pickSignal(services, who, row, scope);
    if (!step) return undefined;
    if (step.kind === 'signal') return { signal: step.signal, scope };
    if (step.kind === 'value') return withValue(step.signal, scope);
    if (row)
      scope = await aboutSignalled(row, async () => (await askScope(services, row)) ?? scope);
  }
}

async function withValue(signal: number, scope: OrderScope): Promise<SignalOrder | undefined> {
  const value = await askValue(signal);
  return value === undefined ? undefined : { signal, scope, value };
}
