import { skipBecause } from './results';

/** A command prefix that gives up all rights: what follows runs as an ordinary user who owns nothing. */
export function asNobody(context: Mocha.Context): readonly string[] {
  if (process.getuid?.() !== 0) skipBecause(context, 'only root can start a host as another user');
  return ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
}
