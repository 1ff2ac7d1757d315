import type { ProcessRow } from '../../native-host/protocol';
import { isKind } from '../../views/errorData';
import type { Services } from '../services';
import type { Foresight } from './mustAsk';
import { orderParams, type SignalOrder } from './signalOrder';

const unknown: Foresight = { effect: 'unknown', guards: [] };

/**
 * What a signal would do, read through the held process. Where that cannot be read it is unknown, and asked about as
 * such; a process that has ended is an error here already.
 */
export async function foresee(
  { host, log }: Pick<Services, 'host' | 'log'>,
  row: ProcessRow,
  { signal, scope }: SignalOrder,
): Promise<Foresight> {
  try {
    const params = orderParams({ signal, ...(scope && { scope }) });
    return await host.request('signal/preview', { key: row.key, ...params });
  } catch (error) {
    if (isKind(error, 'Gone')) throw error;
    log.warn(`what signal ${signal} would do to ${row.key} is unknown: ${String(error)}`);
    return unknown;
  }
}

/** Who is gone already needs no thought; that he is, the sending itself will tell. */
export async function foreseeIfThere(
  services: Pick<Services, 'host' | 'log'>,
  row: ProcessRow,
  order: SignalOrder,
): Promise<Foresight> {
  try {
    return await foresee(services, row, order);
  } catch (error) {
    services.log.info(`${row.key} was gone before it was signalled: ${String(error)}`);
    return { effect: 'ignored', guards: [] };
  }
}
