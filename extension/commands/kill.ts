import { l10n } from '../../views/l10n';
import { SIGKILL } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { ProcessVerb } from './verb';

export const killVerb: ProcessVerb = {
  get placeholder() {
    return l10n.t('Process to kill');
  },
  run: (services, row) => sendSignal(services, row, SIGKILL),
};
