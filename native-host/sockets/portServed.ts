import type { PidFd } from '../process/pidFd.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { PortServed, ProcessRow, TcpListener } from '../protocol.js';
import { inodesOf } from './socketInodes.js';
import { parseConnections, parseListeners, type Connection } from './tcpTable.js';

/** A process that has one of some sockets, and all sockets that it has. */
export interface Holder {
  readonly row: ProcessRow;
  readonly inodes: ReadonlySet<string>;
}

/** All TCP sockets of one network namespace that listen or are connected, by inode. */
interface Table {
  readonly listening: ReadonlyMap<string, TcpListener>;
  readonly connected: ReadonlyMap<string, Connection>;
}

/**
 * What a port of its network namespace has to do with that process, which the caller holds. Of a connection both ends
 * are in the table where both are in that namespace: so it is seen whose it is.
 */
export async function portServed(
  root: ProcRoot,
  process: PidFd,
  port: number,
  holdersOf: (inodes: ReadonlySet<string>) => Promise<readonly Holder[]>,
): Promise<PortServed> {
  const inodes = inodesOf(root, process);
  const table = process.whileAlive((pid) => readTable(root, pid));
  const own = 'value' in inodes ? inodes.value : null;
  if (!own || !table) return { by: null, at: null, others: [] };
  const [listening, connected] = [listenersAt(table, port), connectionsAt(table, port)];
  const at = whereOf(own, listening);
  if (at) return { by: 'listening', at, others: [] };
  if (whereOf(own, connected)) return { by: 'connected', at: null, others: [] };
  const holders = await holdersOf(new Set([...listening.keys(), ...connected.keys()]));
  const others = holders.map(({ row }) => row);
  const helpers = holders.filter((one) => areConnected(table, own, one.inodes, port));
  if (helpers.length === 0) return { by: null, at: null, others };
  const helped = helpers.map(({ inodes }) => whereOf(inodes, listening)).find(Boolean) ?? null;
  return { by: 'helper', at: helped, others };
}

function readTable(root: ProcRoot, pid: number): Table {
  const texts = ['tcp', 'tcp6'].map(
    (name) => orNull(() => root.tryReadWhole(`${pid}/net/${name}`))?.toString('latin1') ?? '',
  );
  const listeners = texts.flatMap((text) => [...parseListeners(text).listeners]);
  return {
    listening: new Map(listeners),
    connected: new Map(texts.flatMap((text) => [...parseConnections(text)])),
  };
}

const listenersAt = ({ listening }: Table, port: number) =>
  new Map([...listening].filter(([, listener]) => listener.port === port));

/** The far ends have it as their remote port, and are the debuggers'. */
const connectionsAt = ({ connected }: Table, port: number) =>
  new Map([...connected].filter(([, { local }]) => local.port === port));

/** Of the first that is among them. */
function whereOf<T>(inodes: ReadonlySet<string>, all: ReadonlyMap<string, T>): T | undefined {
  for (const [inode, one] of all) if (inodes.has(inode)) return one;
  return undefined;
}

/** Not by that port itself: whoever has come to it as a client is not behind it. */
function areConnected(
  { connected }: Table,
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  port: number,
): boolean {
  const ends = (inodes: ReadonlySet<string>) =>
    [...inodes].flatMap((inode) => connected.get(inode) ?? []);
  const far = new Set(ends(other).map(({ local, remote }) => nameOf(local, remote)));
  return ends(one).some(
    ({ local, remote }) => remote.port !== port && far.has(nameOf(remote, local)),
  );
}

/** One end may be a socket of IPv6 that speaks IPv4. */
const nameOf = (...ends: readonly Connection['local'][]) =>
  ends.map(({ address, port }) => `${address.replace('::ffff:', '')} ${port}`).join(' ');
