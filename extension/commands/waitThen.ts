import { l10n } from '../../views/l10n';
import { askAfterExit } from '../waits/askAfterExit';
import type { PickableVerb } from './verb';
import { wait } from './waitForExit';

/** Waits, and starts something when the process has ended. One process: several would start it several times. */
export const waitThenVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to wait for');
  },
  async run(services, row) {
    const after = await askAfterExit();
    if (after) await wait(services, [row], { until: 'each', after });
  },
};
