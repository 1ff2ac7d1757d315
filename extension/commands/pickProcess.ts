import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { waitForNext } from '../attach/next/waitForNext';
import { giveInside } from '../attach/picking/giveInside';
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
  return String(wanted.inside ? await giveInside(services, row) : row.pid);
}
