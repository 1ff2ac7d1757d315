import type { ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { aboutProcess, NothingDone } from '../errors';
import type { Services } from '../services';
import { fateOf, type Outcome } from '../signals/outcomes';
import { tellOutcomes } from '../signals/tellOutcomes';
import type { PickableVerb } from './verb';

/** Keeps a process in the Targets view until it is unpinned, without a word when it ends. */
export const pinVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to pin');
  },
  async run({ targets, messages }, row) {
    if (targets.model.openTarget(row.key)) {
      throw new NothingDone(l10n.t('{0} is in Targets already.', namedProcess(row)));
    }
    await aboutProcess(row, () => targets.hold(row, 'pinned'));
    messages.status(l10n.t('Pinned {0}', namedProcess(row)));
  },
  async runMany(services, rows) {
    const missing = rows.filter(({ key }) => !services.targets.model.openTarget(key));
    if (missing.length === 0) {
      throw new NothingDone(l10n.t('All {0} processes are in Targets already.', rows.length));
    }
    const outcomes = await Promise.all(missing.map((row) => pin(services, row)));
    const failed = outcomes.filter(({ fate }) => fate !== 'sent');
    if (failed.length > 0) tellOutcomes(services, l10n.t('Not pinned'), failed);
    else services.messages.status(pinnedText(missing));
  },
};

function pinnedText(rows: readonly ProcessRow[]): string {
  const [only, ...others] = rows;
  return only && others.length === 0
    ? l10n.t('Pinned {0}', namedProcess(only))
    : l10n.t('Pinned {0} processes', rows.length);
}

async function pin({ targets }: Services, row: ProcessRow): Promise<Outcome> {
  try {
    await targets.hold(row, 'pinned');
    return { row, fate: 'sent' };
  } catch (error) {
    return { row, fate: fateOf(error), error };
  }
}
