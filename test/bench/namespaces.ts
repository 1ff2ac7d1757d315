// The first, presumed fill of the Namespaces view and the end of reading everybody, both from the request on, against the
// plain way: a Node program that reads eight links of every process. The view shows rows of the table, which runs; a view
// that is opened before any other waits for these first, so the time until all is verified is told with them, too.
import { execFileSync } from 'node:child_process';
import type { NamespaceNews, ProcessKey } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import type { Benchmark } from './runner/benchmark';
import { compile } from './runner/compile';
import { Crowd } from './runner/crowd';
import { figureOf, ratioOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = {
  'namespaces.first_fill_vs_links': 0.35,
  'namespaces.verified_vs_links': 1,
  'namespaces.verified_ms': 2000,
};
export const names = Object.keys(aims);

const size = 5000;

/** Each round's milliseconds. */
interface Rounds {
  readonly fill: number[];
  readonly read: number[];
  /** From the subscription to the table on. */
  readonly opened: number[];
  readonly links: number[];
  readonly linksInC: number[];
}

const plainWay = `
  const fs = require('node:fs');
  const types = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'];
  const begin = performance.now();
  let processes = 0;
  for (const name of fs.readdirSync('/proc')) {
    if (!(Number(name) > 0)) continue;
    processes++;
    try {
      for (const type of types) fs.readlinkSync('/proc/' + name + '/ns/' + type);
    } catch {} // gone, or not permitted: so are the others
  }
  console.log(processes, performance.now() - begin);`;

function linksBy(program: string, ...args: string[]): number {
  const text = execFileSync(program, args, { encoding: 'utf8' });
  const [processes, elapsed] = text.split(' ').map(Number);
  if (!processes || processes < size || !elapsed)
    throw new Error(`links of ${processes} processes`);
  return elapsed;
}

async function open(host: HostClient): Promise<{ fill: number; read: number; opened: number }> {
  const opening = performance.now();
  await host.request('processes/subscribe', null);
  const begin = performance.now();
  const first = await host.request('namespaces/subscribe', null);
  const fill = performance.now() - begin;
  if (first.members.length < size) throw new Error(`${first.members.length} members`);
  const left = new Set<ProcessKey>();
  apply(left, first);
  while (left.size > 0) apply(left, await host.next('namespaces/news'));
  const [read, opened] = [begin, opening].map((since) => performance.now() - since) as [
    number,
    number,
  ];
  await host.request('namespaces/unsubscribe', null);
  await host.request('processes/unsubscribe', null);
  host.forget();
  return { fill, read, opened };
}

function apply(left: Set<ProcessKey>, { members, goneMembers }: NamespaceNews): void {
  for (const key of goneMembers) left.delete(key);
  for (const { key, provisional } of members) {
    if (provisional) left.add(key);
    else left.delete(key);
  }
}

async function measure(rounds: number, say: (text: string) => void): Promise<Rounds> {
  const result: Rounds = { fill: [], read: [], opened: [], links: [], linksInC: [] };
  const program = compile('namespaceLinks');
  const host = await startHost();
  const crowd = new Crowd(size);
  for (let round = 0; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`);
    await crowd.keep();
    const times = await open(host);
    const links = linksBy(process.execPath, '-e', plainWay);
    const linksInC = linksBy(program);
    if (round === 0) continue; // fills the caches
    for (const [name, value] of Object.entries({ ...times, links, linksInC })) {
      result[name as keyof Rounds].push(value);
    }
  }
  await host.close();
  await Actor.endAll();
  return result;
}

export const run: Benchmark['run'] = async ({ rounds, progress }) => {
  const { fill, read, opened, links, linksInC } = await measure(rounds, progress);
  return {
    'namespaces.first_fill_vs_links': ratioOf(fill, links),
    'namespaces.verified_vs_links': ratioOf(read, links),
    'namespaces.first_fill_vs_c': ratioOf(fill, linksInC),
    'namespaces.verified_vs_c': ratioOf(read, linksInC),
    'namespaces.first_fill_ms': figureOf(fill, 'ms'),
    'namespaces.verified_ms': figureOf(opened, 'ms'),
    'namespaces.links_ms': figureOf(links, 'ms'),
    'namespaces.c_links_ms': figureOf(linksInC, 'ms'),
  };
};
