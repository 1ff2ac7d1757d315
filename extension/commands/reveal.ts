import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { aboutProcess, NothingDone } from '../errors';
import type { Services } from '../services';
import type { PickableVerb } from './verb';

type Needed = Pick<Services, 'processes'>;

async function reveal({ processes }: Needed, key: ProcessKey, missing: string): Promise<void> {
  if (!(await processes.reveal(key))) throw new NothingDone(missing);
}

/** @throws NothingDone when it is not there any more, ProcessError when it cannot be shown */
export function revealProcess(services: Needed, row: ProcessRow): Promise<void> {
  const missing = l10n.t('{0} has ended and is not in the tree.', namedProcess(row));
  return aboutProcess(row, () => reveal(services, row.key, missing));
}

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
    const { parentKey } = row;
    const missing = l10n.t('The parent of {0} has ended.', who);
    return aboutProcess(row, () => reveal(services, parentKey, missing));
  },
};
