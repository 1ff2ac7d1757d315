import { l10n } from '../../views/l10n';
import { attachDebugger } from '../attach/attaching/attachDebugger';
import type { PickableVerb } from './verb';

export const attachDebuggerVerb: PickableVerb = {
  isForDebugger: true,
  get pickerTitle() {
    return l10n.t('Process to debug');
  },
  run: (services, row) => attachDebugger(services, row),
};

/** Asks which one, whatever was chosen before. */
export const attachOtherDebuggerVerb: PickableVerb = {
  isForDebugger: true,
  get pickerTitle() {
    return l10n.t('Process to debug');
  },
  run: (services, row) => attachDebugger(services, row, { anew: true }),
};
