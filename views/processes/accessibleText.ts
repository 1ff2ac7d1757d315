import type { ProcessRow } from '../../native-host/protocol';
import { commandLine } from '../commandLine';
import { visible } from '../escape';
import { l10n } from '../l10n';
import { labelText, notableState } from '../rowText';

/** What a screen reader says of a row. */
export function accessibleText(
  row: ProcessRow,
  ended: boolean,
  isOwn: boolean,
  figures = '',
): string {
  const state = ended ? l10n.t('ended') : notableState(row.state);
  const user = isOwn ? undefined : l10n.t('user {0}', visible(row.user));
  const command = visible(commandLine(row.args)).slice(0, 200);
  const parts = [labelText(row), l10n.t('process {0}', row.pid), state, user, figures, command];
  return parts.filter(Boolean).join(', ');
}
