import type { ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { guardText } from '../../views/signalEffects';
import { SIGKILL, signalName, SIGTERM } from '../../views/signals';
import { effectsOfSeveral } from './effectsOfSeveral';
import type { Foresight } from './mustAsk';
import { distinctGuards } from './signalQuestion';
import type { SignalOrder } from './signalOrder';

const longestList = 12;

export function manyQuestion(count: number, { signal }: SignalOrder): string {
  if (signal === SIGKILL) return l10n.t('Kill these {0} processes?', count);
  if (signal === SIGTERM) return l10n.t('Terminate these {0} processes?', count);
  return l10n.t('Send {0} to these {1} processes?', signalName(signal), count);
}

/** What is at risk, what will happen to how many, and who they are. */
export function manyDetail(
  rows: readonly ProcessRow[],
  { signal }: SignalOrder,
  foresights: readonly Foresight[],
): string {
  const guards = distinctGuards(foresights).map(
    (guard) => `${l10n.t('One of them:')} ${guardText(guard)}`,
  );
  const effects = effectsOfSeveral(
    signal,
    foresights.map(({ effect }) => effect),
  );
  return [...guards, effects, namesOf(rows)].join('\n\n');
}

/** One a line; a dialog with a hundred lines has its buttons below the screen. */
export function namesOf(rows: readonly ProcessRow[]): string {
  const names = rows.slice(0, longestList).map(identifiedProcess);
  const more = rows.length - names.length;
  return [...names, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('\n');
}
