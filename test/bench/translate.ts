// Numbers of a PID namespace with 5,000 processes: many at once, one against a scan, and what a million leave behind.
import { execFileSync } from 'node:child_process';
import type { NamespaceId, NamespaceRef } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import { procfs } from '../support/procfs';
import type { Benchmark, RunOptions } from './runner/benchmark';
import { compile } from './runner/compile';
import { figureOf, inTurn, ratioOf, repeat } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = {
  'translate.batch10k_per_s': 100_000,
  'translate.out_vs_status_scan': 0.01,
  'translate.leaked_fds': 0,
};
export const names = Object.keys(aims);

const present = 5000;
const batchSize = 10_000;
const batchesOfAMillion = 100;
const inARow = 50;

interface Setting {
  readonly host: HostClient;
  readonly namespace: NamespaceId;
  /** Numbers in that namespace; most processes have theirs in the list twice. */
  readonly numbers: readonly number[];
}

async function prepare(): Promise<Setting> {
  const init = await (await Actor.start()).nest();
  const crowd = (await init.ask('crowd', present)).map(Number);
  const numbers = Array.from({ length: batchSize }, (_, i) => crowd[i % present] ?? 0);
  return { host: await startHost(), namespace: procfs.namespace(init.pid, 'pid'), numbers };
}

/** Milliseconds of one batch, through the pipe. */
async function batch({ host, namespace, numbers }: Setting): Promise<number> {
  const source: NamespaceRef = { kind: 'namespace', namespace };
  const target: NamespaceRef = { kind: 'ours' };
  const begin = performance.now();
  const { results } = await host.request('translate/batch', {
    items: [{ numbers, source, target }],
  });
  const elapsed = performance.now() - begin;
  const [result] = results;
  if (!result || 'error' in result) throw new Error(JSON.stringify(result));
  if (result.answers.some((answer) => typeof answer !== 'number')) throw new Error('not all there');
  return elapsed;
}

/** Milliseconds of one, on average over some that follow each other. */
async function each(measure: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (let index = 0; index < inARow; index++) sum += await measure();
  return sum / inARow;
}

/** With the process: held, and its row read. */
async function find({ host, namespace }: Setting, nsPid: number): Promise<number> {
  const begin = performance.now();
  const found = await host.request('translate/find', { namespace, nsPid });
  const elapsed = performance.now() - begin;
  if (!found) throw new Error('not found');
  return elapsed;
}

function outByScan(program: string, { namespace }: Setting, nsPid: number): Promise<number> {
  const text = execFileSync(program, [namespace, String(nsPid)], { encoding: 'utf8' });
  const [found, elapsed] = text.split(' ').map(Number);
  if (!found || elapsed === undefined) throw new Error(`the scan found ${text}`);
  return Promise.resolve(elapsed);
}

async function leakedOfAMillion(setting: Setting, { progress }: RunOptions): Promise<number> {
  const before = setting.host.fds();
  for (let done = 0; done < batchesOfAMillion; done++) await batch(setting);
  progress(`${batchesOfAMillion * batchSize} translations`);
  return setting.host.fds() - before;
}

export const run: Benchmark['run'] = async (options) => {
  const setting = await prepare();
  const program = compile('statusScan');
  const wanted = setting.numbers[present - 1] ?? 0;
  const { ours, theirs } = await inTurn(
    options,
    () => each(() => batch({ ...setting, numbers: [wanted] })),
    () => outByScan(program, setting, wanted),
  );
  const finds = await repeat(options, () => each(() => find(setting, wanted)));
  const elapsed = await repeat(options, () => batch(setting));
  const leaked = await leakedOfAMillion(setting, options);
  await setting.host.close();
  await Actor.endAll();
  const rates = elapsed.map((ms) => (batchSize / ms) * 1000);
  return {
    'translate.batch10k_per_s': figureOf(rates, 'per s'),
    'translate.out_vs_status_scan': ratioOf(ours, theirs),
    'translate.leaked_fds': figureOf([leaked], 'count'),
    'translate.out_ms': figureOf(ours, 'ms'),
    'translate.find_ms': figureOf(finds, 'ms'),
    'translate.status_scan_ms': figureOf(theirs, 'ms'),
  };
};
