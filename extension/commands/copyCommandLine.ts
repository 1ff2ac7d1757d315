import type { ProcessRow } from '../../native-host/protocol';
import { commandLine } from '../../views/commandLine';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { unknownReason } from '../../views/unknownText';
import { aboutProcess, NothingDone } from '../errors';
import type { Services } from '../services';
import { copy } from './clipboard';
import type { PickableVerb } from './verb';

/** The row's arguments may be cut; the details have them all. */
async function fullArguments({ host }: Services, row: ProcessRow): Promise<readonly string[]> {
  if (!row.argsCut && row.args.length > 0) return row.args;
  const { args } = await aboutProcess(row, () =>
    host.request('processes/details', { key: row.key }),
  );
  if ('value' in args) return args.value;
  const reason = unknownReason(args.unknown);
  throw new NothingDone(
    l10n.t('The command line of {0} is unknown: {1}.', namedProcess(row), reason),
  );
}

export const copyCommandLineVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process whose command line to copy');
  },
  async run(services, row) {
    const args = await fullArguments(services, row);
    if (args.length === 0) {
      throw new NothingDone(l10n.t('{0} has no command line.', namedProcess(row)));
    }
    await copy(services.messages, commandLine(args));
  },
};
