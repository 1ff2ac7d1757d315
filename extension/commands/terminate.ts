import { l10n } from '../../views/l10n';
import { SIGTERM } from '../../views/signals';
import { sendToMany } from './sendToMany';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const terminateVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to terminate');
  },
  run: (services, row) => sendSignal(services, row, { signal: SIGTERM }),
  runMany: (services, rows) => sendToMany(services, rows, { signal: SIGTERM }),
};
