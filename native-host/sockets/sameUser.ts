import type { ProcRoot } from '../procfs/procRoot.js';
import { parseConnections, type Connection } from './tcpTable.js';

const loopback = '127.0.0.1';
/** A table is read in parts, and what comes and goes meanwhile can hide a line. */
const mostLooks = 3;
/** Of include/linux/highuid.h, unless somebody has set another one. */
const usualOverflowUid = 65534;
/** Of a user namespace that sees all users (user_namespaces(7)). */
const wholeMap = /^ *0 +0 +4294967295\s*$/;

/**
 * Whether both ends of the connection from `peer` to `port` on the loopback of our own network namespace are one user's:
 * of the one who had the socket made. null: it cannot be told, or the connection is over.
 */
export function sameUser(root: ProcRoot, port: number, peer: number): boolean | null {
  for (let look = 0; look < mostLooks; look++) {
    const connections = connectionsOf(root, port, peer);
    const near = ownerOf(connections, port, peer);
    const far = ownerOf(connections, peer, port);
    if (near === null || far === null) continue;
    if (near !== far) return false;
    return isOneUser(root, near) ? true : null;
  }
  return null;
}

/** Those that have to do with both ports: there may be many thousands of others. A client may have a socket of IPv6. */
function connectionsOf(root: ProcRoot, port: number, peer: number): Connection[] {
  const [one, other] = [inTable(port), inTable(peer)];
  return ['tcp', 'tcp6'].flatMap((name) => {
    const text = root.tryReadWhole(`self/net/${name}`)?.toString('latin1') ?? '';
    const [head = '', ...lines] = text.split('\n');
    const few = lines.filter((line) => line.includes(one) && line.includes(other));
    return [...parseConnections([head, ...few].join('\n')).values()];
  });
}

const inTable = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, '0')} `;

function ownerOf(connections: readonly Connection[], from: number, to: number): number | null {
  const found = connections.find(
    ({ local, remote }) =>
      isLoopback(local.address) &&
      isLoopback(remote.address) &&
      local.port === from &&
      remote.port === to,
  );
  return found?.uid ?? null;
}

const isLoopback = (address: string) => address.replace('::ffff:', '') === loopback;

/** Where not all users have a number, all others share one. */
function isOneUser(root: ProcRoot, uid: number): boolean {
  const overflow = root.tryRead('sys/kernel/overflowuid')?.toString('latin1').trim();
  if (uid !== Number(overflow ?? usualOverflowUid)) return true;
  return wholeMap.test(root.tryRead('self/uid_map')?.toString('latin1') ?? '');
}
