import { l10n } from '../../views/l10n';
import { SIGKILL } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const killVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to kill');
  },
  run: (services, row) => sendSignal(services, row, SIGKILL),
};
