import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { Actor } from './actor';
import { eventually } from './eventually';
import { holdUp, type HeldUp } from './holdUp';
import type { HostClient } from './hostClient';
import { procfs } from './procfs';
import { trees } from './trees';

const { SIGKILL, SIGSTOP, SIGCONT } = constants.signals;

/** A tree that takes two seconds to become still: its root waits for a vfork child. */
async function slowTree(start = () => Actor.start()): Promise<{ root: Actor; pids: number[] }> {
  const root = await start();
  const child = await root.fork();
  await child.ask('survive');
  return { root, pids: [root.pid, child.pid, await root.askNumber('vfork')] };
}

/** Holds a native host up when it has just frozen such a tree: nothing races with its patience. */
const holdFrozen = (context: Mocha.Context, host: Pick<HostClient, 'pid'>): Promise<HeldUp> =>
  holdUp(context, host.pid, {
    ...{ when: 'after', call: 'pidfd_send_signal', argument: 1, value: SIGSTOP, nth: 3 },
  });

/** Holds whoever continues a tree up when it has continued one process of it. */
const holdContinuing = (context: Mocha.Context, pid: number): Promise<HeldUp> =>
  holdUp(context, pid, {
    ...{ when: 'before', call: 'pidfd_send_signal', argument: 1, value: SIGCONT, nth: 2 },
  });

/** All but the root, which cannot be stopped yet. */
const isFrozen = ([, ...others]: readonly number[]): boolean => others.every(trees.isStopped);

const goesOn = (pids: readonly number[], ms = 1000): Promise<true> =>
  eventually('nothing is stopped', () => !pids.some(trees.isStopped), ms);

/** Nobody was signalled: all of them still run. */
async function assertUnharmed(pids: readonly number[], ms?: number): Promise<void> {
  await goesOn(pids, ms);
  for (const pid of pids)
    assert.ok(!['Z', 'X'].includes(procfs.stat(pid)?.state ?? 'X'), `${pid} runs on`);
}

async function guardianOf(host: Pick<HostClient, 'pid'>): Promise<number> {
  return eventually('the guardian is there', () =>
    procfs.children(host.pid).find((pid) => {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('guardian');
    }),
  );
}

async function signal(host: HostClient, pid: number, number: number): Promise<void> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('signal/send', { key, signal: number });
}

async function killByKey(killer: HostClient, pid: number, group = false): Promise<void> {
  const { key } = await killer.request('processes/find', { pid });
  const scope = { kind: group ? ('group' as const) : ('process' as const) };
  await killer.request('signal/send', { key, signal: SIGKILL, scope });
}

/** All with one request, so that none of them sees another one end and does something about it. */
async function killTogether(killer: HostClient, pids: readonly number[]): Promise<void> {
  const rows = await Promise.all(pids.map((pid) => killer.request('processes/find', { pid })));
  const items = rows.map(({ key }) => ({ key }));
  await killer.request('signal/batch', { items, signal: SIGKILL });
}

export const slowTrees = {
  ...{
    start: slowTree,
    holdFrozen,
    holdContinuing,
    isFrozen,
    goesOn,
    assertUnharmed,
    guardianOf,
    signal,
    killByKey,
    killTogether,
  },
};
