import { l10n } from '../../views/l10n';
import { copy } from './clipboard';
import type { PickableVerb } from './verb';

export const copyKeyVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process whose PID:INODE to copy');
  },
  run: ({ messages }, row) => copy(messages, row.key),
};
