// Everything that can be asked at once, of two small trees that survive it.
import { constants } from 'node:os';
import type { ProcessKey, TargetToken } from '../../native-host/protocol';
import type { HostApi } from '../../views/hostApi';

const { SIGTERM, SIGCONT } = constants.signals;

export interface Asked {
  readonly what: string;
  /** null: answered. Never rejects. */
  readonly outcome: Promise<{ readonly error: unknown } | null>;
}

export interface Victims {
  readonly keys: readonly ProcessKey[];
  /** Its whole tree is stopped again and again. All of it handles SIGTERM. */
  readonly root: ProcessKey;
  readonly pids: readonly number[];
}

type Ask = (host: HostApi, victims: Victims, token: TargetToken) => Promise<unknown>;

const ours = { kind: 'ours' } as const;

const one = ({ keys }: Victims): ProcessKey => keys[0] as ProcessKey;

const requests: Readonly<Record<string, Ask>> = {
  list: (host) => host.request('processes/list', null),
  subscribe: (host) => host.request('processes/subscribe', null),
  refresh: (host) => host.request('processes/refresh', null),
  namespaces: (host) => host.request('namespaces/subscribe', null),
  details: (host, victims) => host.request('processes/details', { key: one(victims) }),
  sample: (host, { keys }) => host.request('processes/sample', { keys }),
  pss: (host, victims) => host.request('processes/pss', { key: one(victims) }),
  folders: (host, { keys }) => host.request('processes/folders', { keys }),
  find: (host, { pids }) => host.request('processes/find', { pid: pids[0] ?? 0 }),
  send: (host, victims) => host.request('signal/send', { key: one(victims), signal: SIGTERM }),
  batch: (host, { keys }) =>
    host.request('signal/batch', { items: keys.map((key) => ({ key })), signal: SIGCONT }),
  previews: (host, victims) => host.request('signal/previews', { key: one(victims) }),
  threads: (host, victims) => host.request('signal/threads', { key: one(victims) }),
  tree: (host, { root }) => host.request('tree/preview', { key: root }),
  stop: (host, { root }, token) =>
    host.request('tree/stop', { token, key: root, steps: [{ signal: SIGTERM, waitMs: 200 }] }),
  follow: (host, { root }, token) => host.request('lineage/follow', { token, key: root }),
  left: (host, _, token) => host.request('lineage/left', { token }),
  next: (host, _, token) => {
    const pattern = { kind: 'name', name: 'nobody is called so' } as const;
    return host.request('next/watch', { token, pattern, stop: true });
  },
  hold: (host, victims, token) => host.request('target/hold', { token, key: one(victims) }),
  release: (host, _, token) => host.request('target/release', { token }),
  numbers: (host, victims) => host.request('translate/numbers', { key: one(victims) }),
  translate: (host, { pids }) =>
    host.request('translate/batch', { items: [{ numbers: pids, source: ours, target: ours }] }),
  pidNamespaces: (host) => host.request('namespaces/pid', null),
  enterable: (host, victims) => host.request('namespaces/enterable', { key: one(victims) }),
  preflight: (host, victims) => host.request('attach/preflight', { key: one(victims) }),
  runtime: (host, victims) => host.request('attach/runtime', { key: one(victims) }),
  traced: (host) => host.request('attach/traced', null),
  listening: (host) => host.request('sockets/listening', { keys: null, unix: true }),
  owner: (host) => host.request('sockets/owner', { port: 1 }),
  opened: (host, victims) =>
    host.request('sockets/opened', { key: one(victims), known: [], withinMs: 100 }),
};

/** All of them, in an order that `random` chooses. */
export function askAll(host: HostApi, victims: Victims, random: () => number): Asked[] {
  const names = Object.keys(requests)
    .map((what) => ({ what, at: random() }))
    .sort((a, b) => a.at - b.at);
  return names.map(({ what }, index) => {
    const token = `${what} ${index}` as TargetToken;
    const outcome = (requests[what] as Ask)(host, victims, token).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    return { what, outcome };
  });
}
