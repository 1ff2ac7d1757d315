/**
 * How nsenter(1) of util-linux is asked. It first joins what it can as who it is, then the user namespace, then the
 * rest: so neither root nor the owner of a user namespace needs an order from us. But a sandbox can have made a user
 * namespace in between (bubblewrap does, with --dev), which owns the others: that one an ordinary user must join first.
 */
import { firstInherited } from '../../kernel/inheriting.js';
import type { EntryUser, NamespaceType } from '../../protocol.js';

const options: Readonly<Record<NamespaceType, string>> = {
  cgroup: 'cgroup',
  ipc: 'ipc',
  mnt: 'mount',
  net: 'net',
  pid: 'pid',
  time: 'time',
  user: 'user',
  uts: 'uts',
};

/** Numbers of a user and a group. */
export interface Ids {
  readonly uid: number;
  readonly gid: number;
}

export interface EntryFacts {
  /** As which we act. */
  readonly euid: number;
  /** Our own numbers, and the target's, in the user namespace that is entered; null: none there. */
  readonly ours: Ids | null;
  readonly target: Ids | null;
  /** `deny` in /proc/PID/setgroups: nobody in there may change his groups. */
  readonly groupsFixed: boolean;
}

/** How to be that user; null: it cannot be. */
export function credentials(
  facts: EntryFacts,
  join: readonly NamespaceType[],
  user: EntryUser,
): string[] | null {
  const { ours, target } = facts;
  const wanted = user === 'ours' ? ours : user === 'root' ? { uid: 0, gid: 0 } : target;
  const joinsUser = join.includes('user');
  const keep = joinsUser ? ['--preserve-credentials'] : []; // else nsenter becomes 0 in there
  if (user === 'ours') return keep;
  if (!wanted) return null;
  if (wanted.uid === ours?.uid && wanted.gid === ours.gid) return keep;
  if (!joinsUser && facts.euid !== 0) return null;
  if (facts.groupsFixed && facts.euid !== 0) return [...keep, `--setuid=${wanted.uid}`];
  return [`--setuid=${wanted.uid}`, `--setgid=${wanted.gid}`];
}

/** The arguments, where the descriptors are inherited in the order of `join`; `outer` is the path of another one. */
export function nsenterCommand(
  join: readonly NamespaceType[],
  outer: string | null,
  rights: readonly string[],
  command: readonly string[],
): [string, ...string[]] {
  const at = (index: number) => `/proc/self/fd/${firstInherited + index}`;
  const joins = join.map((type, index) => `--${options[type]}=${at(index)}`);
  const inner = ['nsenter', ...joins, ...rights, '--', ...command] as const;
  if (outer === null) return [...inner];
  return ['nsenter', `--user=${outer}`, '--preserve-credentials', '--', ...inner];
}
