import { l10n } from '../../views/l10n';
import { SIGSTOP } from '../../views/signals';
import { sendToMany } from './sendToMany';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const pauseVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to pause');
  },
  run: (services, row) => sendSignal(services, row, { signal: SIGSTOP }),
  runMany: (services, rows) => sendToMany(services, rows, { signal: SIGSTOP }),
};
