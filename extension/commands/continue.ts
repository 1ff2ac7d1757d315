import { l10n } from '../../views/l10n';
import { SIGCONT } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { ProcessVerb } from './verb';

export const continueVerb: ProcessVerb = {
  get placeholder() {
    return l10n.t('Process to continue');
  },
  run: (services, row) => sendSignal(services, row, SIGCONT),
};
