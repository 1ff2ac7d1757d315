import assert from 'node:assert/strict';
import { type InitializeResult, protocolVersion } from '../../native-host/protocol';
import { eventually } from './eventually';
import { entry, HostClient } from './hostClient';
import { procfs } from './procfs';

export interface ReadyHost {
  readonly host: HostClient;
  readonly initialized: InitializeResult;
  /** Descriptors that it has open with nothing to do. */
  readonly idleFds: number;
}

let idle: ReadyHost | null = null;

const ofOneProcess = / \/proc\/\d+\/\w/;

/**
 * A second thread that read along for a long first list takes its descriptors with it a moment later, and a read that
 * was given up keeps its own until it comes back.
 */
async function atRest(host: HostClient, threads: number): Promise<void> {
  const reads = (): boolean => procfs.openFiles(host.pid).some((file) => ofOneProcess.test(file));
  const rests = (): boolean => procfs.threads(host.pid).length <= threads && !reads();
  await eventually('the host has no more threads than at first, and reads nothing', rests);
}

async function start(
  prefix: readonly string[] = [],
  words: readonly string[] = [],
): Promise<ReadyHost> {
  const host = new HostClient(prefix, entry, words);
  const initialized = await host.request('initialize', { protocolVersion });
  const threads = procfs.threads(host.pid).length;
  await host.request('processes/list', null); // what is opened once, on first use, is open from here on
  await atRest(host, threads);
  return { host, initialized, idleFds: host.fds() };
}

async function take(): Promise<ReadyHost> {
  const ready = idle ?? (await start());
  idle = null;
  return ready;
}

async function close({ host }: ReadyHost): Promise<void> {
  assert.deepEqual(await host.close(), { code: 0, signal: null }, host.stderr);
}

async function giveBack(ready: ReadyHost): Promise<void> {
  ready.host.forget();
  if (idle) await close(ready);
  else idle = ready;
}

/**
 * Most tests can follow each other on one host, which must be as it was after each: starting one takes a fifth of a
 * second. A test that fails does not give its host back.
 */
export const hostPool = {
  start,
  take,
  giveBack,
  close,
  isIdle: (host: HostClient): boolean => idle?.host === host,
  fill: async (): Promise<void> => {
    idle ??= await start();
  },
  empty: async (): Promise<void> => {
    if (idle) await close(idle);
    idle = null;
  },
};
