import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { NothingDone } from '../errors';
import type { Services } from '../services';

/** For `${command:pidfd.pickProcess}` in launch.json, which takes text only. Undefined ends the launch quietly. */
export async function pickProcess({ picker, picks }: Services): Promise<string | undefined> {
  const row = await picker.pick(l10n.t('Process to attach to'));
  if (!row) return undefined;
  picks.add(row);
  if (await picks.hasEndedNow(row)) {
    throw new NothingDone(l10n.t('{0} has ended. No process was touched.', namedProcess(row)));
  }
  return String(row.pid);
}
