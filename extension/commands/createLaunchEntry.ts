import { l10n } from '../../views/l10n';
import { createLaunchEntry } from '../attach/attaching/createLaunchEntry';
import type { PickableVerb } from './verb';

export const createLaunchEntryVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to create an entry of launch.json for');
  },
  run: createLaunchEntry,
};
