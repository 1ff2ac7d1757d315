import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import type { Services } from '../../services';

/**
 * The number of a picked process where its debugger runs; the guard knows by that whom it means. In there our own number
 * may be somebody else's: it is never given instead.
 */
export async function giveInside(
  { host, picks }: Pick<Services, 'host' | 'picks'>,
  row: ProcessRow,
): Promise<number> {
  const { numbers } = (await host.request('attach/preflight', { key: row.key })).facts;
  const inside = 'value' in numbers ? numbers.value.at(-1) : undefined;
  if (inside === undefined) throw unreadable(row);
  picks.inside.add(inside, row);
  return inside;
}

const unreadable = (row: ProcessRow) =>
  new NothingDone(
    l10n.t(
      'The number that {0} has in its own container cannot be read. Nothing was done. Choose it without "inside" for a debugger that runs out here, or put the number that it has in there into launch.json.',
      namedProcess(row),
    ),
  );
