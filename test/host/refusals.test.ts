import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { protocolVersion, type Method, type ProcessKey } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { HostClient, HostError } from '../support/hostClient';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { calls, type Refusal } from '../support/refusals';
import { skipBecause } from '../support/results';

const errnos = ['EMFILE', 'ENFILE', 'ENOMEM', 'EINTR', 'EAGAIN'] as const;
const { errno: numbers, signals } = constants;
const token = 'target';
const ours = { kind: 'ours' };

interface Refused {
  readonly name: string;
  readonly refusals: readonly Refusal[];
}

type Request = readonly [method: Method, params: unknown];

const requests = (key: ProcessKey, pid: number): readonly Request[] => [
  ['processes/list', null],
  ['processes/subscribe', null],
  ['processes/refresh', null],
  ['namespaces/subscribe', null],
  ['processes/find', { pid }],
  ['processes/open', { key }],
  ['processes/details', { key }],
  ['processes/sample', { keys: [key] }],
  ['processes/pss', { key }],
  ['processes/folders', { keys: [key] }],
  ['target/hold', { token, key }],
  ['signal/send', { key, signal: signals.SIGCONT }],
  ['signal/batch', { items: [{ key }], signal: signals.SIGCONT }],
  ['signal/previews', { key }],
  ['signal/threads', { key }],
  ['lineage/follow', { token, key }],
  ['lineage/left', { token }],
  ['tree/preview', { key }],
  ['tree/stop', { token, key, steps: [{ signal: signals.SIGCONT, waitMs: 20 }] }],
  ['next/watch', { token, pattern: { kind: 'name', name: 'nobody' }, stop: false }],
  ['translate/numbers', { key }],
  ['translate/batch', { items: [{ numbers: [pid], source: ours, target: ours }] }],
  ['namespaces/pid', null],
  ['namespaces/ownTree', { namespace: ours }],
  ['namespaces/enterable', { key }],
  ['attach/preflight', { key, gdb: true }],
  ['attach/runtime', { key }],
  ['attach/proof', { key }],
  ['attach/traced', null],
  ['sockets/owner', { port: 1 }],
  ['sockets/served', { port: 1, key }],
  ['sockets/opened', { key, known: [], withinMs: 20 }],
  ['sockets/listening', { keys: null, unix: true }],
];

const ends: readonly Request[] = [
  ['target/release', { token }],
  ['next/end', { token }],
  ['lineage/forget', { token }],
  ['processes/unsubscribe', null],
  ['namespaces/unsubscribe', null],
];

/** They start programs: asked once for each call. */
const costly = new Set<Method>(['tree/stop', 'namespaces/enterable']);

/** Answered, or refused in a way that a person can be told. */
async function ask(host: HostClient, [method, params]: Request, where: string): Promise<void> {
  try {
    await host.rawRequest(method, params, 10_000 * patience);
  } catch (error) {
    assert.ok(error instanceof HostError, `${where}: ${method}: ${String(error)}`);
    assert.ok(!error.is('Internal'), `${where}: ${method}: ${error.message}`);
  }
}

async function askAll(host: HostClient, all: readonly Request[], where: string): Promise<void> {
  await Promise.all(all.map((request) => ask(host, request, where)));
}

function hostThat(refusals: readonly Refusal[], atOnce: boolean): HostClient {
  const environment = [
    `PIDFD_REFUSALS=${JSON.stringify(refusals)}`,
    ...(atOnce ? ['PIDFD_REFUSES_AT_ONCE=1'] : []),
  ];
  return new HostClient(['env', ...environment], require.resolve('../support/refusingHost'));
}

const refused = (host: HostClient): number => host.stderr.split('refused\n').length - 1;

async function close(host: HostClient, where: string): Promise<void> {
  assert.deepEqual(await host.close(), { code: 0, signal: null }, `${where}: ${host.stderr}`);
}

/** One errno after another, of a call that was answered before. */
async function sweep(turn: number, { name, refusals }: Refused): Promise<void> {
  const actor = await Actor.start(); // one each: it lives for minutes, and all together may take longer
  const host = hostThat(refusals, false);
  await host.request('initialize', { protocolVersion });
  const { key } = await host.request('processes/find', { pid: actor.pid });
  const all = requests(key, actor.pid);
  await askAll(host, all, name);
  await askAll(host, ends, name);
  const idle = host.fds();
  for (const [at, { errno }] of refusals.entries()) {
    process.kill(host.pid, 'SIGUSR2'); // our own child
    await eventually(`${name} is refused`, () => refused(host) > at);
    const where = `${name} answers ${getSystemErrorName(-errno)}`;
    const isTurn = at === turn % refusals.length;
    await askAll(
      host,
      all.filter(([method]) => isTurn || !costly.has(method)),
      where,
    );
    await askAll(host, ends, where);
    await eventually(`${where}: no descriptor is left`, () => host.fds() <= idle).catch(
      (error: unknown) => assert.fail(`${String(error)}\n${procfs.openFiles(host.pid).join('\n')}`),
    );
  }
  await close(host, name);
}

/** It starts without, or says what it cannot start without. */
async function start(name: string, refusal: Refusal): Promise<void> {
  const actor = await Actor.start();
  const where = `${name} from the start`;
  const host = hostThat([refusal], true);
  const began = await host.request('initialize', { protocolVersion }).catch(() => null);
  if (!began) {
    assert.deepEqual(await host.exited, { code: 70, signal: null }, where);
    return assert.match(host.stderr, /Error: \w+ E[A-Z]+\n/, where);
  }
  const key = `${actor.pid}:1` as ProcessKey;
  await askAll(host, requests(key, actor.pid), where);
  await askAll(host, ends, where);
  await close(host, where);
}

/** Several at once. All that went wrong is said. */
async function eachOf<T>(all: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const [waiting, failures]: [T[], string[]] = [[...all], []];
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      await run(one).catch((error: unknown) => failures.push(String(error)));
  };
  await Promise.all(Array.from({ length: 4 }, work));
  assert.equal(failures.join('\n'), '');
}

describe('a kernel that has no room, or no time', function () {
  this.timeout(60_000 * patience);

  const table = Object.entries(calls).map(([name, call]) => ({
    name,
    refusals: (call.only ?? errnos).map((errno) => ({ ...call, errno: numbers[errno] })),
  }));

  before(function () {
    if (process.arch !== 'x64') skipBecause(this, 'the numbers of calls are those of x86-64');
  });

  it('at any call: each request is answered or refused, and nothing is left open', async () => {
    await eachOf([...table.entries()], ([turn, one]) => sweep(turn, one));
  });

  it('at any call from the start: likewise', async () => {
    await eachOf([...table.entries()], ([at, { name, refusals }]) =>
      start(name, refusals[at % refusals.length] as Refusal),
    );
  });
});
