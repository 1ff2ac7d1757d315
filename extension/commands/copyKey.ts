import { l10n } from '../../views/l10n';
import { copy } from './clipboard';
import type { ProcessVerb } from './verb';

export const copyKeyVerb: ProcessVerb = {
  get placeholder() {
    return l10n.t('Process whose PID:INODE to copy');
  },
  run: ({ messages }, row) => copy(messages, row.key),
};
