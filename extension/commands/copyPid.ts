import { l10n } from '../../views/l10n';
import { copy } from './clipboard';
import type { ProcessVerb } from './verb';

export const copyPidVerb: ProcessVerb = {
  get placeholder() {
    return l10n.t('Process whose PID to copy');
  },
  run: ({ messages }, row) => copy(messages, String(row.pid)),
};
