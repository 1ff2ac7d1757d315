import { l10n } from '../../views/l10n';
import type { Services } from '../services';

/** For `${command:pidfd.pickProcess}` in launch.json, which takes text only. Undefined ends the launch quietly. */
export async function pickProcess({ picker }: Services): Promise<string | undefined> {
  const row = await picker.pick(l10n.t('Process to attach to'));
  return row && String(row.pid);
}
