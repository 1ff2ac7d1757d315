import type { NextPattern, ProcessRow } from '../../../native-host/protocol';
import { messageText } from '../../../views/escape';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { patternText } from './nextPattern';

/** Above the button that cancels. */
export function waitingText(pattern: NextPattern): string {
  return l10n.t('Waiting for {0} to start', messageText(patternText(pattern)));
}

export function notStoppedText(row: ProcessRow): string {
  return l10n.t(
    '{0} could not be stopped as it started, so some of it has run already.',
    namedProcess(row),
  );
}

/** `why`: a sentence, as `describeError` makes it. */
export function notFollowedText(session: string, why: string): string {
  return l10n.t('Children of "{0}" are not followed: {1}', messageText(session), why);
}
