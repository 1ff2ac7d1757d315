import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import { protocolVersion, type ProcessKey } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { everyRequest, type Request } from '../support/everyRequest';
import { eventually } from '../support/eventually';
import { type HostClient, HostError } from '../support/hostClient';
import { hostThatRefuses } from '../support/hostThatRefuses';
import { isEmulated, patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { calls, usual, type Call, type Refusal } from '../support/refusals';
import { skipBecause } from '../support/results';

const { errno: numbers } = constants;

/** Where bridges lie. */
let temporary = '';

interface Refused {
  readonly name: string;
  readonly call: Call;
  readonly refusals: readonly Refusal[];
}

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

const refused = (host: HostClient): number => host.stderr.split('refused\n').length - 1;

async function close(host: HostClient, where: string): Promise<void> {
  assert.deepEqual(await host.close(), { code: 0, signal: null }, `${where}: ${host.stderr}`);
}

/** Programs are dear to start: two for each call, others for the next. */
const inTurn = (all: readonly Request[], turn: number): readonly Request[] =>
  all.filter((_, at) => (at + turn) % all.length < 2);

/** Emulated, one for each call: another under each kernel and for each user, so that few are left out of all. */
function part<T>(all: readonly T[], turn: number): readonly T[] {
  if (!isEmulated) return all;
  const [, minor] = release().split('.').map(Number);
  const at = turn + (minor ?? 0) + (process.getuid?.() === 0 ? 0 : 2);
  return all.slice(at % all.length).slice(0, 1);
}

/** One errno after another, of a call that was answered before. */
async function sweep(turn: number, { name, call, refusals }: Refused): Promise<void> {
  const actor = await Actor.start(); // one each: it lives for minutes, and all together may take longer
  const host = hostThatRefuses(refusals, { temporary });
  await host.request('initialize', { protocolVersion });
  const { key } = await host.request('processes/find', { pid: actor.pid });
  const { quick, starting, ending } = everyRequest(key, actor.pid);
  await askAll(host, [...quick, ...starting.slice(-1)], name); // from the first program on Node has more open
  await askAll(host, ending, name);
  const idle = host.fds();
  for (const [at, { errno }] of refusals.entries()) {
    process.kill(host.pid, 'SIGUSR2'); // our own child
    await eventually(`${name} is refused`, () => refused(host) > at);
    const where = `${name} answers ${getSystemErrorName(-errno)}`;
    const isTurn = at === turn % refusals.length;
    const programs = isTurn ? inTurn(starting, turn) : [];
    await askAll(host, [...quick, ...(call.forPrograms ? starting : programs)], where);
    await askAll(host, ending, where);
    await eventually(`${where}: no descriptor is left`, () => host.fds() <= idle).catch(
      (error: unknown) => assert.fail(`${String(error)}\n${procfs.openFiles(host.pid).join('\n')}`),
    );
  }
  await close(host, name);
}

/** It starts without, or says what it cannot start without. */
async function start(turn: number, { name, refusals }: Refused): Promise<void> {
  const refusal = refusals[turn % refusals.length] as Refusal;
  const actor = await Actor.start();
  const where = `${name} from the start`;
  const host = hostThatRefuses([refusal], { atOnce: true, temporary });
  const began = await host.request('initialize', { protocolVersion }).catch(() => null);
  if (!began) {
    assert.deepEqual(await host.exited, { code: 70, signal: null }, where);
    return assert.match(host.stderr, /Error: \w+ E[A-Z]+\n/, where);
  }
  const { key } = await host
    .request('processes/find', { pid: actor.pid })
    .catch(() => ({ key: `${actor.pid}:1` as ProcessKey }));
  const { quick, starting, ending } = everyRequest(key, actor.pid);
  await askAll(host, [...quick, ...inTurn(starting, turn + 2)], where);
  await askAll(host, ending, where);
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
  this.timeout(100_000 * patience); // each request, for each errno of each call

  const table: readonly Refused[] = Object.entries(calls).map(([name, call], turn) => ({
    name,
    call,
    refusals: part(call.only ?? usual, turn).map((errno) => ({ ...call, errno: numbers[errno] })),
  }));

  before(function () {
    if (process.arch !== 'x64') skipBecause(this, 'the numbers of calls are those of x86-64');
  });

  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'pidfd-refusals-'));
  });

  afterEach(() => rmSync(temporary, { recursive: true }));

  it('at any call: each request is answered or refused, and nothing is left open', async () => {
    const later = table.filter(({ call }) => !call.onlyAtOnce);
    await eachOf([...later.entries()], ([turn, one]) => sweep(turn, one));
    assert.deepEqual(readdirSync(temporary), []);
  });

  it('at any call from the start: likewise', async () => {
    const atOnce = table.filter(({ call }) => !call.notAtOnce);
    await eachOf([...atOnce.entries()], ([turn, one]) => start(turn, one));
    assert.deepEqual(readdirSync(temporary), []);
  });
});
