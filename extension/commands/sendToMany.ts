import type { BatchResult, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { signalName } from '../../views/signals';
import type { Services } from '../services';
import { foreseeIfThere } from '../signals/foresee';
import { manyDetail, manyQuestion } from '../signals/manyQuestion';
import { mustAsk } from '../signals/mustAsk';
import { failedOutcome, fateOf, memberOutcome, type Outcome } from '../signals/outcomes';
import { orderParams, type SignalOrder } from '../signals/signalOrder';
import { yes } from '../signals/signalQuestion';
import { tellOutcomes } from '../signals/tellOutcomes';
import type { SenderServices } from './signalSender';

/** One question, one signal to each, one summary. Each goes by its own key, and whoever is gone is left out. */
export async function sendToMany(
  services: SenderServices,
  rows: readonly ProcessRow[],
  order: SignalOrder,
): Promise<void> {
  if (!(await isMeant(services, rows, order))) return;
  const outcomes = await attemptAll(services, rows, order);
  tellOutcomes(services, signalName(order.signal), outcomes);
}

async function isMeant(
  services: SenderServices,
  rows: readonly ProcessRow[],
  order: SignalOrder,
): Promise<boolean> {
  const mode = services.readSetting('pidfd.confirmSignals');
  if (mode === 'never') return true;
  const foresights = await Promise.all(rows.map((row) => foreseeIfThere(services, row, order)));
  if (!foresights.some((foresight) => mustAsk(mode, order, foresight))) return true;
  const text = manyQuestion(rows.length, order);
  return services.messages.confirm(text, manyDetail(rows, order, foresights), yes(order));
}

/** One request for all. When the native host ends before it answers, of none is known whether it was sent. */
async function attemptAll(
  { host }: Pick<Services, 'host'>,
  rows: readonly ProcessRow[],
  order: SignalOrder,
): Promise<Outcome[]> {
  const items = rows.map(({ key, program }) => ({ key, program }));
  try {
    const { results } = await host.request('signal/batch', { items, ...orderParams(order) });
    return rows.map((row, at) => outcomeOf(row, results[at]));
  } catch (error) {
    return rows.map((row) => ({ row, fate: fateOf(error), error }));
  }
}

function outcomeOf(row: ProcessRow, told: BatchResult | undefined): Outcome {
  if (!told) return { row, fate: 'failed', error: new Error(l10n.t('no answer')) };
  if ('error' in told) return failedOutcome(row, told.error);
  if (told.result.outcome === 'sent') return { row, fate: 'sent' };
  return memberOutcome(row, 'Gone');
}
