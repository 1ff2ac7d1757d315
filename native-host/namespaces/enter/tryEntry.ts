import { HostError } from '../../hostError.js';
import { SysError } from '../../kernel/sysError.js';
import type { PidFd } from '../../process/pidFd.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import {
  namespaceTypes,
  type Entry,
  type EntryOption,
  type EntryRefusal,
  type EntryUser,
  type NamespaceType,
} from '../../protocol.js';
import { Entrance } from './entrance.js';
import { check } from './nsenter.js';
import { findShell } from './shell.js';

/** @throws HostError Gone; Unsupported: no nsenter */
export async function tryEntry(
  process: PidFd,
  root: ProcRoot,
  join?: readonly NamespaceType[],
  user: EntryUser = 'target',
): Promise<Entry> {
  const shell = findShell(process, root);
  using entrance = openOrNull(process, root);
  if (!entrance) return { ...unreadable, shell };
  const wanted = join ?? entrance.differing();
  const { refusal, cause } = await attempt(entrance, wanted, user);
  const options: EntryOption[] = [];
  for (const type of namespaceTypes) {
    const differs = entrance.differs(type);
    const single = refusal && differs ? await attemptOne(entrance, type, user) : null;
    options.push({ type, differs, refusal: single });
  }
  return { options, refusal, cause, shell };
}

const unreadable: Omit<Entry, 'shell'> = {
  options: namespaceTypes.map((type) => ({ type, differs: null, refusal: 'unreadable' })),
  refusal: 'unreadable',
  cause: null,
};

/** null: another user's. */
function openOrNull(process: PidFd, root: ProcRoot): Entrance | null {
  try {
    return Entrance.of(process, root);
  } catch (error) {
    if (SysError.is(error, 'EACCES', 'EPERM') || HostError.is(error, 'Denied')) return null;
    throw error;
  }
}

interface Attempt {
  readonly refusal: EntryRefusal | null;
  readonly cause: string | null;
}

async function attempt(
  entrance: Entrance,
  join: readonly NamespaceType[],
  user: EntryUser,
): Promise<Attempt> {
  try {
    const cause = await check(entrance, { join, user });
    return { refusal: cause === null ? null : 'permission', cause };
  } catch (error) {
    if (!HostError.is(error, 'Denied')) throw error;
    return { refusal: 'noSuchUser', cause: error.message };
  }
}

/** By itself, else with its user namespace. */
async function attemptOne(
  entrance: Entrance,
  type: NamespaceType,
  user: EntryUser,
): Promise<EntryRefusal | null> {
  const { refusal } = await attempt(entrance, [type], user);
  if (!refusal || type === 'user' || entrance.differs('user') !== true) return refusal;
  const together = await attempt(entrance, [type, 'user'], user);
  return together.refusal ? refusal : 'needsUser';
}
