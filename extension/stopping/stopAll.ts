import type { ProcessRow, SignalStep } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import type { StopEnd } from '../../views/stopping/gracefulStop';
import type { Target } from '../../views/targets/model';
import type { Services } from '../services';
import { outcomeOfError, type Outcome } from '../signals/outcomes';
import { tellOutcomes } from '../signals/tellOutcomes';
import { signalName } from '../../views/signals';
import { stopEndText } from './stopEndText';
import { SharedProgress } from './sharedProgress';
import type { ShowProgress } from './stopProgress';

type Needed = Pick<Services, 'messages' | 'log' | 'reports' | 'stops' | 'waits' | 'targets'>;
type Fate = { readonly row: ProcessRow; readonly end: StopEnd } | Outcome;

/** Each by its own key and with its own countdown; one progress for all, and one word when all have ended. */
export async function stopAll(
  services: Needed,
  rows: readonly ProcessRow[],
  steps: readonly SignalStep[],
  showProgress: ShowProgress,
): Promise<void> {
  const { held, failed } = await services.waits.start(rows, { until: 'all' });
  const waited = rows.filter(({ key }) => held.some(({ row }) => row.key === key));
  const fates = await stopWaited(services, waited, steps, showProgress);
  const left = fates.filter((fate) => !('end' in fate) || fate.end !== 'ended');
  await letGo(services, left, held);
  tellLeft(services, left, steps);
  const refused = left.filter((fate) => 'fate' in fate);
  const outcomes = [...failed.map(({ row, error }) => outcomeOfError(row, error)), ...refused];
  if (outcomes.length > 0) tellOutcomes(services, l10n.t('Not stopped'), outcomes);
}

async function stopWaited(
  services: Needed,
  rows: readonly ProcessRow[],
  steps: readonly SignalStep[],
  showProgress: ShowProgress,
): Promise<readonly Fate[]> {
  const [only] = rows;
  if (!only) return [];
  if (rows.length === 1) return [await stop(services, only, steps, showProgress)];
  const progress = new SharedProgress(showProgress, rows.length);
  try {
    return await Promise.all(rows.map((row) => stop(services, row, steps, progress.show)));
  } finally {
    progress.done();
  }
}

async function stop(
  { stops }: Needed,
  row: ProcessRow,
  steps: readonly SignalStep[],
  showProgress: ShowProgress,
): Promise<Fate> {
  try {
    return { row, end: await stops.stop(row, steps, showProgress) };
  } catch (error) {
    return outcomeOfError(row, error);
  }
}

/** Whoever still runs is not waited for any more by us: that was only for its end here. */
async function letGo(
  { targets }: Needed,
  left: readonly Fate[],
  held: readonly Target[],
): Promise<void> {
  for (const { row } of left) {
    const target = held.find((one) => one.row.key === row.key);
    if (target) await targets.drop(target, 'waiting');
  }
}

function tellLeft({ messages }: Needed, left: readonly Fate[], steps: readonly SignalStep[]): void {
  for (const end of ['cancelled', 'survived'] as const) {
    const rows = left.filter((fate) => 'end' in fate && fate.end === end).map(({ row }) => row);
    const text = manyEndText(rows, end, steps);
    if (text !== undefined) void messages.info(text);
  }
}

function manyEndText(
  rows: readonly ProcessRow[],
  end: 'cancelled' | 'survived',
  steps: readonly SignalStep[],
): string | undefined {
  const [first] = rows;
  const last = steps.at(-1)!;
  if (!first || rows.length === 1) return first && stopEndText(first, end, last);
  return end === 'cancelled'
    ? l10n.t('{0} processes are let live: nothing more is sent to them.', rows.length)
    : l10n.t('{0} processes still run after {1}.', rows.length, signalName(last.signal));
}
