import { constants } from 'node:os';
import type {
  Method,
  NamespaceRef,
  Params,
  ProcessKey,
  TargetToken,
} from '../../native-host/protocol';
import { procfs } from './procfs';

/** It comes first, and probes once. */
type First = 'initialize';
/** They start programs. */
type Starting =
  'tree/stop' | 'next/expect' | 'namespaces/enterable' | 'bridge/open' | 'attach/preflight';
/** They end what others begin. */
type Ending =
  | 'processes/unsubscribe'
  | 'namespaces/unsubscribe'
  | 'target/release'
  | 'lineage/forget'
  | 'next/release'
  | 'next/end'
  | 'bridge/close';
type Quick = Exclude<Method, First | Starting | Ending> | 'attach/preflight';

/** With what each is asked, once or more. The compiler misses whoever is forgotten. */
type Table<M extends Method> = { readonly [Name in M]: readonly Params<Name>[] };

export type Request = readonly [method: Method, params: unknown];

const token = 'target' as TargetToken;
const expected = 'expected' as TargetToken;
const ours: NamespaceRef = { kind: 'ours' };
const { SIGCONT } = constants.signals;

const quick = (key: ProcessKey, pid: number): Table<Quick> => ({
  'processes/list': [null],
  'processes/subscribe': [null],
  'processes/refresh': [null],
  'namespaces/subscribe': [null],
  'processes/find': [{ pid }],
  'processes/open': [{ key }],
  'processes/details': [{ key }],
  'processes/sample': [{ keys: [key] }],
  'processes/pss': [{ key }],
  'processes/folders': [{ keys: [key] }],
  'target/hold': [{ token, key }],
  'signal/send': [{ key, signal: SIGCONT }],
  'signal/batch': [{ items: [{ key }], signal: SIGCONT }],
  'signal/preview': [{ key, signal: SIGCONT, scope: { kind: 'group' } }],
  'signal/previews': [{ key }],
  'signal/threads': [{ key }],
  'lineage/follow': [{ token, key }],
  'lineage/left': [{ token }],
  'tree/preview': [{ key }],
  'tree/cancel': [{ token: expected }],
  'next/watch': [{ token, pattern: { kind: 'name', name: 'nobody' }, stop: false }],
  'translate/numbers': [{ key }],
  'translate/find': [{ namespace: procfs.namespace('self', 'pid'), nsPid: pid }],
  'translate/batch': [{ items: [{ numbers: [pid], source: ours, target: ours }] }],
  'namespaces/pid': [null],
  'namespaces/ownTree': [{ namespace: ours }],
  'attach/preflight': [{ key }],
  'attach/runtime': [{ key }],
  'attach/proof': [{ key }],
  'attach/traced': [null],
  'sockets/owner': [{ port: 1 }],
  'sockets/served': [{ port: 1, key }],
  'sockets/sameUser': [{ port: 1, peer: 2 }],
  'sockets/opened': [{ key, known: [], withinMs: 20 }],
  'sockets/listening': [{ keys: null, unix: true }],
});

const starting = (key: ProcessKey): Table<Starting> => ({
  'tree/stop': [{ token, key, steps: [{ signal: SIGCONT, waitMs: 20 }] }],
  'bridge/open': [{ token, key, address: '127.0.0.1', port: 1 }],
  'next/expect': [{ token: expected, key }],
  'attach/preflight': [{ key, gdb: true }],
  'namespaces/enterable': [{ key, join: ['net'] }],
});

const ending = (key: ProcessKey): Table<Ending> => ({
  'target/release': [{ token }],
  'next/release': [{ token: expected, key }],
  'next/end': [{ token }, { token: expected }],
  'lineage/forget': [{ token }],
  'bridge/close': [{ token }],
  'processes/unsubscribe': [null],
  'namespaces/unsubscribe': [null],
});

const listOf = (table: Partial<Table<Method>>): readonly Request[] =>
  (Object.keys(table) as Method[]).flatMap((method) =>
    (table[method] ?? []).map((params) => [method, params] as const),
  );

/** All that can be asked of a native host about a process of ours, and then what ends that. */
export const everyRequest = (key: ProcessKey, pid: number) => ({
  quick: listOf(quick(key, pid)),
  starting: listOf(starting(key)),
  ending: listOf(ending(key)),
});
