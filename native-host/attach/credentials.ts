import { fieldNumbers } from '../procfs/status.js';
import type { Credentials, Ids } from './evidence.js';

function ids(text: string, name: string): Ids | null {
  const [real, effective, saved] = fieldNumbers(text, name);
  if (real === undefined || effective === undefined || saved === undefined) return null;
  return [real, effective, saved];
}

function capabilities(text: string, name: string): bigint | null {
  const match = new RegExp(`^${name}:[ \\t]*([0-9a-f]{1,16})$`, 'm').exec(text);
  return match ? BigInt(`0x${match[1]}`) : null;
}

/** From the text of /proc/PID/status; null where a line is missing. */
export function parseCredentials(text: string): Credentials | null {
  const [uids, gids] = [ids(text, 'Uid'), ids(text, 'Gid')];
  const [permitted, effective] = [capabilities(text, 'CapPrm'), capabilities(text, 'CapEff')];
  if (!uids || !gids || permitted === null || effective === null) return null;
  return { uids, gids, permitted, effective };
}
