import { l10n } from '../../views/l10n';
import { SIGTERM } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const terminateVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to terminate');
  },
  run: (services, row) => sendSignal(services, row, SIGTERM),
};
