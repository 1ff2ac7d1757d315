import { l10n } from '../../views/l10n';
import { SIGKILL } from '../../views/signals';
import { sendToMany } from './sendToMany';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const killVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to kill');
  },
  run: (services, row) => sendSignal(services, row, { signal: SIGKILL }),
  runMany: (services, rows) => sendToMany(services, rows, { signal: SIGKILL }),
};
