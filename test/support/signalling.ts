import assert from 'node:assert/strict';
import type { ProcessKey, ThreadRow } from '../../native-host/protocol';
import type { Actor } from './actor';
import { eventually } from './eventually';
import type { HostClient } from './hostClient';

const keyOf = async (host: HostClient, { pid }: { pid: number }): Promise<ProcessKey> =>
  (await host.request('processes/find', { pid })).key;

const feels = (actor: Actor, count: number): Promise<true> =>
  eventually(`${count} felt`, async () => (await actor.askNumber('felt')) === count);

async function threadOf(host: HostClient, key: ProcessKey, tid: number): Promise<ThreadRow> {
  const { threads } = await host.request('signal/threads', { key });
  return threads.find((thread) => thread.tid === tid) ?? assert.fail(`thread ${tid} is listed`);
}

/** Whom a signal is for, and whether it came. */
export const signalling = { keyOf, feels, threadOf };
