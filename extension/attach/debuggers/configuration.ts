import type { DebugConfiguration } from 'vscode';
import { l10n } from '../../../views/l10n';
import { configurationText } from '../../../views/escape';
import { namedProcess } from '../../../views/rowText';
import type { AttachTarget } from './debugger';

/** What all have in common. The key goes with it, so that Restart and whoever guards it know which process is meant. */
export function attachTo(type: string, { row }: AttachTarget): DebugConfiguration {
  const name = l10n.t('Attach to {0}', configurationText(namedProcess(row)));
  return { type, request: 'attach', name, pidfdKey: row.key };
}
