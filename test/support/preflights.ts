import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { AttachPreflight, AttachReason } from '../../native-host/protocol';
import type { Actor } from './actor';
import { buildFixtures } from './buildFixtures';
import { children } from './children';
import type { HostClient } from './hostClient';

const user = 4242;
const CLONE_NEWUSER = '0x10000000';

async function preflight(host: HostClient, pid: number, gdb?: boolean): Promise<AttachPreflight> {
  const { key } = await host.request('processes/find', { pid });
  return host.request('attach/preflight', gdb === undefined ? { key } : { key, gdb });
}

/** What happens to a real debugger that is started as the host was. */
const canSeize = (pid: number, prefix: readonly string[]): boolean => {
  const [command = '', ...args] = [...prefix, buildFixtures().seize, String(pid)];
  return execFileSync(command, args, { encoding: 'utf8' }) === 'ok\n';
};

const kinds = ({ reasons }: AttachPreflight): AttachReason['kind'][] =>
  reasons.map(({ kind }) => kind);

/** The host says it, and a real attach agrees. */
async function agree(
  host: HostClient,
  pid: number,
  expected: readonly AttachReason['kind'][],
  prefix: readonly string[] = [],
): Promise<AttachPreflight> {
  const answer = await preflight(host, pid);
  assert.deepEqual(kinds(answer), expected);
  assert.equal(answer.verdict, expected.length === 0 ? 'allowed' : 'refused');
  assert.equal(answer.verdict === 'allowed', canSeize(pid, prefix), 'a real attach');
  const again = await preflight(host, pid);
  assert.deepEqual([kinds(again), again.verdict], [kinds(answer), answer.verdict], 'asked again');
  return answer;
}

/** A process of an ordinary user that may be dumped; in a user namespace of root's, if asked for. */
async function ordinary(
  options: { dumpable?: 0 | 1; keepCaps?: true; apart?: true } = {},
): Promise<Actor> {
  const actor = await children.own();
  if (options.apart) {
    await actor.ask('unshare', CLONE_NEWUSER);
    for (const map of ['uid_map', 'gid_map']) {
      writeFileSync(`/proc/${actor.pid}/${map}`, '0 0 65536');
    }
  }
  if (options.keepCaps) await actor.ask('keepCaps');
  await actor.ask('gid', user);
  await actor.ask('uid', user);
  await actor.ask('dumpable', options.dumpable ?? 1);
  return actor;
}

/** What the native host says of attaching, beside what a real debugger meets. */
export const preflights = { ask: preflight, agree, ordinary, user };
