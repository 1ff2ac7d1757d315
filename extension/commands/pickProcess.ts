import type { ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { waitForNext } from '../attach/next/waitForNext';
import { readPickArguments } from '../attach/picking/pickArguments';
import { NothingDone } from '../errors';
import type { Services } from '../services';

/**
 * For `${command:pidfd.pickProcess}` and `${input:}` in launch.json, which take text only. Undefined ends the launch
 * quietly. `given` is the `args` of an input, or the configuration itself.
 */
export async function pickProcess(services: Services, given: unknown): Promise<string | undefined> {
  const { picker, picks, recents } = services;
  const wanted = readPickArguments(given);
  const row = wanted.waitFor
    ? await waitForNext(services, wanted.waitFor)
    : await picker.pick(l10n.t('Process to attach to'), wanted, true);
  if (!row) return undefined;
  picks.add(row);
  if (await picks.hasEndedNow(row)) {
    throw new NothingDone(l10n.t('{0} has ended. No process was touched.', namedProcess(row)));
  }
  await recents.note(row);
  return String(wanted.inside ? await innermost(services, row) : row.pid);
}

/** Its number where its debugger runs. In there our own number may be somebody else's: it is never given instead. */
async function innermost({ host }: Services, row: ProcessRow): Promise<number> {
  const { numbers } = (await host.request('attach/preflight', { key: row.key })).facts;
  const inside = 'value' in numbers ? numbers.value.at(-1) : undefined;
  if (inside !== undefined) return inside;
  throw new NothingDone(
    l10n.t(
      'The number that {0} has in its own container cannot be read. Nothing was done. Choose it without "inside" for a debugger that runs out here, or put the number that it has in there into launch.json.',
      namedProcess(row),
    ),
  );
}
