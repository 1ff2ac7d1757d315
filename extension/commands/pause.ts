import { l10n } from '../../views/l10n';
import { SIGSTOP } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { ProcessVerb } from './verb';

export const pauseVerb: ProcessVerb = {
  get placeholder() {
    return l10n.t('Process to pause');
  },
  run: (services, row) => sendSignal(services, row, SIGSTOP),
};
