import { l10n } from '../../views/l10n';
import { SIGCONT } from '../../views/signals';
import { sendToMany } from './sendToMany';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const continueVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to continue');
  },
  run: (services, row) => sendSignal(services, row, { signal: SIGCONT }),
  runMany: (services, rows) => sendToMany(services, rows, { signal: SIGCONT }),
};
