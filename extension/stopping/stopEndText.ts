import type { ProcessRow, SignalStep } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import type { StopEnd } from '../../views/stopping/gracefulStop';

/** The last words of its progress. */
export function lastReport(end: StopEnd): string {
  if (end === 'ended') return l10n.t('it has ended');
  return end === 'cancelled' ? l10n.t('cancelled') : l10n.t('it still runs');
}

/** What came of it where no exit is told of. */
export function stopEndText(row: ProcessRow, end: StopEnd, last: SignalStep): string | undefined {
  const who = namedProcess(row);
  if (end === 'cancelled') return l10n.t('{0} is let live: nothing more is sent to it.', who);
  if (end === 'ended') return undefined;
  return l10n.t('{0} still runs after {1}.', who, signalName(last.signal));
}
