// What a person can do to a row, asked for by the key of a process that is gone.
import { constants } from 'node:os';
import type { ProcessKey, ProcessRow, TargetToken } from '../../native-host/protocol';
import type { HostClient } from '../support/hostClient';

const { SIGUSR1, SIGTERM } = constants.signals;
const token = 'proof' as TargetToken;

/** Gives the row that the answer is about, or throws. */
type Operation = (host: HostClient, row: ProcessRow) => Promise<ProcessRow>;

const about = (row: ProcessRow, key: ProcessKey): ProcessRow => ({ ...row, key });

export const operations: Readonly<Record<string, Operation>> = {
  signal: async (host, row) => {
    await host.request('signal/send', { key: row.key, signal: SIGUSR1 });
    return row;
  },
  'signal, program checked': async (host, row) => {
    const { key, program } = row;
    await host.request('signal/send', { key, signal: SIGUSR1, program });
    return row;
  },
  group: async (host, row) => {
    const scope = { kind: 'group' as const };
    await host.request('signal/send', { key: row.key, signal: SIGUSR1, scope });
    return row;
  },
  'tree stop': async (host, row) => {
    const steps = [{ signal: SIGTERM, waitMs: 0 }];
    const report = await host.request('tree/stop', { token, key: row.key, steps });
    return report.members[0]?.row ?? row;
  },
  wait: async (host, row) => {
    const held = await host.request('target/hold', { token, key: row.key });
    await host.request('target/release', { token });
    return held.row;
  },
  translate: async (host, { key }) => (await host.request('translate/numbers', { key })).row,
  details: async (host, { key }) => (await host.request('processes/details', { key })).row,
  open: (host, { key }) => host.request('processes/open', { key }),
  preview: async (host, row) => {
    const { row: seen } = await host.request('signal/preview', { key: row.key, signal: SIGTERM });
    return about(seen, seen.key);
  },
};

export const named = (name: string): Operation =>
  operations[name] ?? (() => Promise.reject(new Error(name)));
