import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import type { PickableVerb } from './verb';

type Needed = Pick<Services, 'processes'>;

async function reveal({ processes }: Needed, key: ProcessKey, missing: string): Promise<void> {
  if (!(await processes.reveal(key))) throw new NothingDone(missing);
}

/** @throws NothingDone when it is not there any more */
export const revealProcess = (services: Needed, row: ProcessRow): Promise<void> =>
  reveal(services, row.key, l10n.t('{0} has ended and is not in the tree.', namedProcess(row)));

export const revealVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to reveal');
  },
  run: revealProcess,
};

export const revealParentVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process whose parent to reveal');
  },
  run(services, row) {
    const who = namedProcess(row);
    if (row.parentKey === null) {
      throw new NothingDone(l10n.t('The parent of {0} cannot be seen from here.', who));
    }
    return reveal(services, row.parentKey, l10n.t('The parent of {0} has ended.', who));
  },
};
