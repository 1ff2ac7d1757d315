import type { Fd } from '../kernel/fd.js';
import { processNumbers } from '../kernel/nsfs.js';
import type { NamespaceRelation } from '../protocol.js';
import { namespaceId, type PidNamespaceFds } from './pidNamespaceFds.js';

/** Where a PID namespace lies, as far as it can be seen from ours. */
export interface Placed {
  readonly fd: Fd;
  /** From itself outwards, ending with our own where it is below that. */
  readonly chain: readonly string[];
  /** It is our own, or below it. */
  readonly isBelowOurs: boolean;
}

export function place(fd: Fd, namespaces: PidNamespaceFds): Placed {
  using own = namespaces.own();
  const chain = namespaces.chain(fd);
  return { fd, chain, isBelowOurs: chain.at(-1) === namespaceId(own) };
}

/**
 * What translate_pid(1, source, target) tells, from the namespaces themselves: so also of those that nobody is in any
 * more. null: both lie outside ours, and the kernel names no parents there (NS_GET_PARENT answers EPERM).
 */
export function relationOf(
  source: Placed,
  target: Placed,
  ioctls: boolean,
): NamespaceRelation | null {
  const [inner, outer] = [source.chain[0], target.chain[0]];
  if (inner === outer) return 'equal';
  if (outer !== undefined && source.chain.includes(outer)) return 'inside';
  if (target.isBelowOurs) return 'outside'; // else the chain would have come past it
  if (!source.isBelowOurs || !ioctls) return null;
  return processNumbers.into(target.fd, process.pid) === null ? 'outside' : 'inside';
}
