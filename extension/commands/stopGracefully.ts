import type { ProcessRow, SignalStep } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { sequenceText } from '../../views/stopping/stopSequence';
import { aboutSignalled, SignalError } from '../errors';
import { isKind } from '../../views/errorData';
import type { Services } from '../services';
import { foresee, foreseeIfThere } from '../signals/foresee';
import { manyDetail } from '../signals/manyQuestion';
import { questionDetail } from '../signals/signalQuestion';
import { stopEndText } from '../stopping/stopEndText';
import { stopAll } from '../stopping/stopAll';
import { showProgress } from '../stopping/stopProgress';
import { readSequence } from '../stopping/readSequence';
import type { PickableVerb } from './verb';

export const stopGracefullyVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to stop gracefully');
  },
  async run(services, row) {
    const steps = readSequence(services);
    await aboutSignalled(row, async () => {
      if (await isMeant(services, row, steps)) await stop(services, row, steps);
    });
  },
  async runMany(services, rows) {
    const steps = readSequence(services);
    if (!(await areMeant(services, rows, steps))) return;
    await stopAll(services, rows, steps, showProgress);
  },
};

async function areMeant(
  services: Services,
  rows: readonly ProcessRow[],
  steps: readonly SignalStep[],
): Promise<boolean> {
  if (services.readSetting('pidfd.confirmSignals') === 'never') return true;
  const order = { signal: steps[0]!.signal };
  const foresights = await Promise.all(rows.map((row) => foreseeIfThere(services, row, order)));
  const sequence = l10n.t('Each gets {0}. You can cancel in between.', sequenceText(steps));
  const detail = `${sequence}\n\n${manyDetail(rows, order, foresights)}`;
  const text = l10n.t('Stop these {0} processes?', rows.length);
  return services.messages.confirm(text, detail, l10n.t('Stop Gracefully'));
}

async function isMeant(
  services: Services,
  row: ProcessRow,
  steps: readonly SignalStep[],
): Promise<boolean> {
  if (services.readSetting('pidfd.confirmSignals') === 'never') return true;
  const order = { signal: steps[0]!.signal };
  const foresight = await foresee(services, row, order);
  const sequence = l10n.t('It gets {0}. You can cancel in between.', sequenceText(steps));
  const detail = `${sequence}\n\n${questionDetail(row, order, foresight)}`;
  const text = l10n.t('Stop {0}?', identifiedProcess(row));
  return services.messages.confirm(text, detail, l10n.t('Stop Gracefully'));
}

async function stop(
  services: Services,
  row: ProcessRow,
  steps: readonly SignalStep[],
): Promise<void> {
  try {
    const end = await services.stops.stop(row, steps);
    const text = stopEndText(row, end, steps.at(-1)!);
    if (text !== undefined) void services.messages.info(text);
  } catch (error) {
    throw isKind(error, 'Denied')
      ? new SignalError(row, error, { signal: steps[0]!.signal })
      : error;
  }
}
