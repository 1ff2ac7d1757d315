import type { ProcessRow } from '../../native-host/protocol';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { processName } from '../../views/rowText';
import type { ChosenNamespace } from './chosenNamespace';

/** The PID namespace that a process is in, by what names the process. */
export function namespaceOfProcess(row: ProcessRow): ChosenNamespace {
  const name = l10n.t('Namespace of {0}', quickPickText(processName(row)));
  return { ref: { kind: 'process', key: row.key }, name };
}
