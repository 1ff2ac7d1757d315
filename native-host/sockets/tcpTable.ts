import { SocketAddress } from 'node:net';
import type { TcpListener } from '../protocol.js';

/** TCP_ESTABLISHED and TCP_LISTEN of include/net/tcp_states.h, as /proc/net/tcp writes them. */
const establishedState = '01';
const listenState = '0A';

/** An IPv4 address is written as one of IPv6 where the socket is one. */
export interface Connection {
  readonly local: TcpListener;
  readonly remote: TcpListener;
  /** Whose the socket is, as this user namespace calls him. */
  readonly uid: number;
}

/** Number, local address:port, remote, state, queues, timer, retransmits, uid, timeout, inode (proc_net_tcp.txt). */
const line =
  /^ *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+ +(\d+) +\d+ (\d+) /;

/**
 * Sockets that listen, by inode, of the text of /proc/PID/net/tcp or tcp6. They come before all others (tcp_get_idx,
 * net/ipv4/tcp_ipv4.c): `isWhole` is false where more of them may follow.
 */
export function parseListeners(text: string): {
  readonly listeners: Map<string, TcpListener>;
  readonly isWhole: boolean;
} {
  const listeners = new Map<string, TcpListener>();
  for (const each of text.split('\n').slice(1)) {
    const [, address = '', port = '', , state, , inode = ''] = line.exec(each) ?? [];
    if (state === undefined) continue;
    if (state !== listenState) return { listeners, isWhole: true };
    listeners.set(inode, parseEnd(address, port));
  }
  return { listeners, isWhole: false };
}

/** Sockets that are connected, by inode, of the same text as a whole. */
export function parseConnections(text: string): Map<string, Connection> {
  const connections = new Map<string, Connection>();
  for (const each of text.split('\n').slice(1)) {
    const [, address = '', port = '', far = '', state, uid, inode = ''] = line.exec(each) ?? [];
    if (state !== establishedState || inode === '0') continue;
    const [farAddress = '', farPort = ''] = far.split(':');
    if (farAddress.length !== address.length) continue;
    const [local, remote] = [parseEnd(address, port), parseEnd(farAddress, farPort)];
    connections.set(inode, { local, remote, uid: Number(uid) });
  }
  return connections;
}

function parseEnd(address: string, port: string): TcpListener {
  return { address: parseAddress(address), port: Number.parseInt(port, 16) };
}

/** Words of 32 bits in the machine's own order: all that we run on are little-endian. */
function parseAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex').swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(2 * at).toString(16));
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
