import { hostname } from 'node:os';
import { HostError } from '../../hostError.js';
import { SysError } from '../../kernel/sysError.js';
import type { ProcessOpener } from '../../process/processOpener.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import type { ProcessKey } from '../../protocol.js';
import { Entrance } from './entrance.js';
import { capture } from './nsenter.js';

/**
 * What a process' UTS namespace is called, where it is another one than ours. /proc/sys/kernel/hostname tells whoever
 * reads it his own, so somebody has to go there. null: ours, called as ours, or we may not.
 */
export async function hostnameOf(
  key: ProcessKey,
  opener: ProcessOpener,
  root: ProcRoot,
): Promise<string | null> {
  try {
    using process = opener.byKey(key);
    using entrance = Entrance.of(process, root);
    if (entrance.differs('uts') !== true) return null;
    const withUser = entrance.differs('user') === true;
    const join = withUser ? (['user', 'uts'] as const) : (['uts'] as const);
    const { code, out } = await capture(entrance, { join, user: 'ours' }, ['uname', '-n']);
    const name = code === 0 ? out.trim() : '';
    // A new UTS namespace starts with the name of the one before: that tells nobody which it is.
    return name === hostname() ? null : name || null;
  } catch (error) {
    if (error instanceof HostError || SysError.is(error)) return null;
    throw error;
  }
}
