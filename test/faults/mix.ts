// Everything that can be asked, at once, of two small trees that survive it.
import { constants } from 'node:os';
import {
  methods,
  protocolVersion,
  type Method,
  type NamespaceId,
  type Params,
  type ProcessKey,
  type TargetToken,
} from '../../native-host/protocol';
import type { HostApi } from '../../views/hostApi';

const { SIGTERM, SIGCONT } = constants.signals;

export interface Asked {
  readonly what: Method;
  /** null: answered. Never rejects. */
  readonly outcome: Promise<{ readonly error: unknown } | null>;
}

export interface Victims {
  readonly keys: readonly ProcessKey[];
  /** Its whole tree is stopped again and again. All of it handles SIGTERM. */
  readonly root: ProcessKey;
  readonly pids: readonly number[];
  /** Has so many arguments that what is told of it fits into no pipe. Nothing else is asked about it. */
  readonly talker: ProcessKey;
  /** The PID namespace that they are in. */
  readonly namespace: NamespaceId;
}

const ours = { kind: 'ours' } as const;
const pattern = { kind: 'name', name: 'nobody is called so' } as const;
const steps = [{ signal: SIGTERM, waitMs: 200 }];
/** Nobody listens there, and nobody is asked to: a way to it is a way all the same. */
const [address, port, peer] = ['127.0.0.1', 1, 2];

/** What begins and what ends it have one: by the order of the moment, the end comes too soon, or at once. */
const token = (of: string): TargetToken => of as TargetToken;
const number = ({ pids }: Victims): number => pids[0] ?? 0;
const one = ({ root: key }: Victims): { readonly key: ProcessKey } => ({ key });
const nothing = (): null => null;

/** Each method, `initialize` too, though the launch has asked it already: the compiler wants them all. */
const asks: { readonly [M in Method]: (victims: Victims) => Params<M> } = {
  initialize: () => ({ protocolVersion }),
  'processes/subscribe': nothing,
  'processes/unsubscribe': nothing,
  'processes/refresh': nothing,
  'processes/list': nothing,
  'processes/details': one,
  'processes/sample': ({ keys }) => ({ keys }),
  'processes/pss': one,
  'processes/folders': ({ keys }) => ({ keys }),
  'processes/find': (victims) => ({ pid: number(victims) }),
  'processes/open': one,
  'signal/send': ({ root: key }) => ({ key, signal: SIGTERM }),
  'signal/batch': ({ keys }) => ({ items: keys.map((key) => ({ key })), signal: SIGCONT }),
  'signal/preview': ({ root: key }) => ({ key, signal: SIGTERM, scope: { kind: 'group' } }),
  'signal/previews': one,
  'signal/threads': one,
  'tree/preview': one,
  'tree/stop': ({ root: key }) => ({ token: token('tree'), key, steps }),
  'tree/cancel': () => ({ token: token('tree') }),
  'lineage/follow': ({ root: key }) => ({ token: token('lineage'), key }),
  'lineage/left': () => ({ token: token('lineage') }),
  'lineage/forget': () => ({ token: token('lineage') }),
  'next/watch': () => ({ token: token('next'), pattern, stop: true }),
  'next/expect': ({ root: key }) => ({ token: token('expected'), key }),
  'next/release': ({ root: key }) => ({ token: token('expected'), key }),
  'next/end': () => ({ token: token('next') }),
  'target/hold': ({ root: key }) => ({ token: token('target'), key }),
  'target/release': () => ({ token: token('target') }),
  'attach/runtime': one,
  'attach/proof': one,
  'attach/traced': nothing,
  'attach/preflight': ({ root: key }) => ({ key, gdb: true }),
  'translate/numbers': one,
  'translate/find': ({ namespace, pids: [nsPid = 0] }) => ({ namespace, nsPid }),
  'translate/batch': ({ pids: numbers }) => ({
    items: [{ numbers, source: ours, target: ours }],
  }),
  'namespaces/ownTree': () => ({ namespace: ours }),
  'namespaces/pid': nothing,
  'namespaces/subscribe': nothing,
  'namespaces/unsubscribe': nothing,
  'namespaces/enterable': one,
  'sockets/listening': () => ({ keys: null, unix: true }),
  'sockets/owner': () => ({ port }),
  'sockets/served': ({ root: key }) => ({ port, key }),
  'sockets/sameUser': () => ({ port, peer }),
  'sockets/opened': ({ root: key }) => ({ key, known: [], withinMs: 100 }),
  'bridge/open': ({ root: key }) => ({ token: token('bridge'), key, address, port }),
  'bridge/close': () => ({ token: token('bridge') }),
};

function ask<M extends Method>(host: HostApi, what: M, victims: Victims): Asked {
  const outcome = host.request(what, asks[what](victims)).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  return { what, outcome };
}

/** An answer of a quarter of a megabyte. */
export const askMuch = (host: HostApi, victims: Victims): Asked =>
  ask(host, 'processes/details', { ...victims, root: victims.talker });

/** All of them, in an order that `random` chooses. */
export function askAll(host: HostApi, victims: Victims, random: () => number): Asked[] {
  return methods
    .map((what) => ({ what, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ what }) => ask(host, what, victims));
}
