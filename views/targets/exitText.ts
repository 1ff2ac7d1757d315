import type { ExitStatus } from '../../native-host/protocol';
import { duration } from '../format';
import { l10n } from '../l10n';
import { namedProcess } from '../rowText';
import { signalName } from '../signals';
import { unknownReason } from '../unknownText';
import type { Target } from './model';

/** How a process ended, in the fewest words: for a row. */
export function statusText(status: ExitStatus): string {
  switch (status.kind) {
    case 'exited':
      return l10n.t('exited with code {0}', status.code);
    case 'signaled':
      return status.coreDumped === true
        ? l10n.t('killed by {0} (core dumped)', signalName(status.signal))
        : l10n.t('killed by {0}', signalName(status.signal));
    case 'unknown':
      return status.reason === 'lost'
        ? l10n.t('ended while nobody watched, status unknown')
        : l10n.t('ended, status unknown because {0}', unknownReason(status.reason));
  }
}

function statusSentence(name: string, status: ExitStatus): string {
  switch (status.kind) {
    case 'exited':
      return l10n.t('{0} exited with code {1}', name, status.code);
    case 'signaled':
      return status.coreDumped === true
        ? l10n.t('{0} was killed by {1} (core dumped)', name, signalName(status.signal))
        : l10n.t('{0} was killed by {1}', name, signalName(status.signal));
    case 'unknown':
      return unknownSentence(name, status.reason);
  }
}

function unknownSentence(
  name: string,
  reason: (ExitStatus & { kind: 'unknown' })['reason'],
): string {
  return reason === 'lost'
    ? l10n.t('{0} ended while nobody watched, status unknown', name)
    : l10n.t('{0} ended, status unknown because {1}', name, unknownReason(reason));
}

/** What the notification says when a target has ended; undefined while it has not. */
export function exitSentence({ row, state }: Target): string | undefined {
  if (state.kind !== 'ended') return undefined;
  const sentence = statusSentence(namedProcess(row), state.status);
  const isTimed = state.at !== null && row.startedAt !== null && state.status.kind !== 'unknown';
  return isTimed ? l10n.t('{0} after {1}', sentence, duration(state.at - row.startedAt)) : sentence;
}
