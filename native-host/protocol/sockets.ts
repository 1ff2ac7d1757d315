/** Who listens where, and ways into other networks. */
import type { Known, ProcessKey, TargetToken } from './names.js';
import type { ProcessRow } from './row.js';

/** A TCP socket that waits for connections, in the network namespace of its process. */
export interface TcpListener {
  /** `127.0.0.1`, `0.0.0.0`, `::1`, `::`... */
  readonly address: string;
  readonly port: number;
}

/** Where one process waits for connections. */
export interface Listening {
  readonly key: ProcessKey;
  readonly tcp: Known<readonly TcpListener[]>;
  /** Paths of Unix sockets, abstract ones with `@` first; null where not asked for. Untrusted. */
  readonly unix: Known<readonly string[]> | null;
}

export interface PortOwners {
  /** Empty: the port is free. */
  readonly listeners: readonly TcpListener[];
  /** Several may share a socket. Empty though somebody listens: it is out of sight. */
  readonly owners: readonly ProcessRow[];
}

export interface PortServed {
  /**
   * How that process is behind the port: it listens there, or holds a connection that came to it, or whoever does is
   * connected with it, as debugpy's adapter is. null: not at all, as far as can be seen.
   */
  readonly by: 'listening' | 'connected' | 'helper' | null;
  /** Where it, or its helper, waits for connections at that port; null where neither does (any more). */
  readonly at: TcpListener | null;
  /** Who else listens there or holds such a connection; looked for only where the process itself does neither. */
  readonly others: readonly ProcessRow[];
}

export interface SocketRequests {
  /** `keys` null: of all processes that listen at all. */
  'sockets/listening': {
    params: { keys: readonly ProcessKey[] | null; unix?: boolean };
    result: { processes: readonly Listening[] };
  };
  /** Who listens on a TCP port in the network namespace of that process; in our own, if left out. */
  'sockets/owner': { params: { port: number; key?: ProcessKey }; result: PortOwners };
  /** What a TCP port in the network namespace of that process has to do with it. */
  'sockets/served': { params: { port: number; key: ProcessKey }; result: PortServed };
  /**
   * Whether the two ends of a connection from `peer` to `port`, both of 127.0.0.1 in the native host's network namespace,
   * belong to the same user. null: it cannot be told, or there is no such connection.
   */
  'sockets/sameUser': {
    params: { port: number; peer: number };
    result: { isSame: boolean | null };
  };
  /** On what it has begun to listen that is not in `known`, as soon as there is something; nothing when the time is over. */
  'sockets/opened': {
    params: { key: ProcessKey; known: readonly TcpListener[]; withinMs: number };
    result: { listeners: readonly TcpListener[] };
  };
  /** The path of a Unix socket that leads to that port in the network namespace of the process, until it is closed. */
  'bridge/open': {
    params: { token: TargetToken; key: ProcessKey; address: string; port: number };
    result: { socket: string };
  };
  /** Idempotent. */
  'bridge/close': { params: { token: TargetToken }; result: null };
}
