import { l10n } from '../../views/l10n';
import { SIGSTOP } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const pauseVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to pause');
  },
  run: (services, row) => sendSignal(services, row, SIGSTOP),
};
