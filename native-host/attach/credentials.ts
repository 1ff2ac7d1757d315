import { fieldMask, fieldNumbers } from '../procfs/status.js';
import type { Credentials, Ids } from './evidence.js';

function ids(text: string, name: string): Ids | null {
  const [real, effective, saved] = fieldNumbers(text, name);
  if (real === undefined || effective === undefined || saved === undefined) return null;
  return [real, effective, saved];
}

/** From the text of /proc/PID/status; null where a line is missing. */
export function parseCredentials(text: string): Credentials | null {
  const [uids, gids] = [ids(text, 'Uid'), ids(text, 'Gid')];
  const [permitted, effective] = [fieldMask(text, 'CapPrm'), fieldMask(text, 'CapEff')];
  if (!uids || !gids || permitted === null || effective === null) return null;
  return { uids, gids, permitted, effective };
}
