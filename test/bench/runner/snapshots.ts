// The first full table of a new native host beside other ways to list as much, in turn, among a crowd that sleeps.
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { Actor } from '../../support/actor';
import type { Figure, RunOptions } from './benchmark';
import { compile } from './compile';
import { Crowd } from './crowd';
import { allInTurn, figureOf, ratioOf, repeat } from './measure';
import { type Listing, NpmPeers, peerNames, toListing } from './peers';
import { findPsutil } from './psutil';
import { startHost } from './startHost';

export interface SnapshotOptions extends RunOptions {
  readonly size: number;
  /** `snapshot.5k`, say. */
  readonly name: string;
  /** How often systeminformation is measured. */
  readonly slowRounds: number;
}

type Lister = () => Promise<Listing>;

/** As many as a scanning table needs until its code is compiled. */
const warmUps = 5;

async function firstTable(): Promise<Listing> {
  const host = await startHost();
  const begin = performance.now();
  const { rows } = await host.request('processes/subscribe', null);
  const elapsed = performance.now() - begin;
  await host.close();
  return { processes: rows.length, elapsed };
}

/** Where the kernel tells no news: everybody is looked at again, and nothing has changed. */
async function rescan(): Promise<Listing> {
  const host = await startHost(['--without=procConnector']);
  const { rows } = await host.request('processes/subscribe', null);
  for (let time = 0; time < warmUps; time++) await host.request('processes/refresh', null);
  const begin = performance.now();
  await host.request('processes/refresh', null);
  const elapsed = performance.now() - begin;
  await host.close();
  return { processes: rows.length, elapsed };
}

async function ps(): Promise<Listing> {
  const fields = 'pid,ppid,uid,state,lstart,comm,args';
  const begin = performance.now();
  const { stdout } = await promisify(execFile)('ps', ['-eo', fields], { maxBuffer: 1e9 });
  const elapsed = performance.now() - begin;
  return { processes: stdout.split('\n').length, elapsed };
}

function floor(): Lister {
  const program = compile('tableFloor');
  return () => Promise.resolve(toListing(execFileSync(program, { encoding: 'utf8' })));
}

/** `report` is told what cannot be measured, and why. */
function findListers(npm: NpmPeers | string, report: (text: string) => void) {
  const listers: Record<string, Lister> = { first: firstTable, rescan, floor: floor(), ps };
  const psutil = findPsutil();
  if (psutil) listers['psutil'] = () => Promise.resolve(psutil());
  else report('no psutil: Debian has it as python3-psutil');
  if (typeof npm === 'string') report(`no ${peerNames.join(', ')}: ${npm}`);
  else for (const name of ['ps-list', 'pidtree'] as const) listers[name] = () => npm.list(name);
  return listers;
}

/** Who leaves some out is no peer. */
const timed = (size: number, list: Lister) => async () => {
  const { processes, elapsed } = await list();
  if (processes < size) throw new Error(`${processes} of ${size} were listed`);
  return elapsed;
};

function toFigures(name: string, { first = [], rescan: again = [], ...peers }: Rounds) {
  const figures: Record<string, Figure> = {};
  const rescanName = name.replace('snapshot', 'rescan');
  for (const [peer, values] of Object.entries(peers))
    figures[`${name}.vs_${peer.replace('-', '_')}`] = ratioOf(
      first.slice(0, values.length),
      values,
    );
  figures[`${rescanName}.vs_floor`] = ratioOf(again, peers['floor'] ?? []);
  figures[`${name}.ms`] = figureOf(first, 'ms');
  figures[`${rescanName}.ms`] = figureOf(again, 'ms');
  for (const [peer, values] of Object.entries(peers))
    figures[`${name}.${peer.replace('-', '_')}_ms`] = figureOf(values, 'ms');
  return figures;
}

type Rounds = Record<string, number[]>;

/** Ten seconds each time: it does not take part in every round. */
async function slowestPeer(
  { size, slowRounds, progress }: SnapshotOptions,
  npm: NpmPeers,
  crowd: Crowd,
) {
  const list = timed(size, () => npm.list('systeminformation'));
  return await repeat({ rounds: slowRounds, progress }, async () => {
    await crowd.keep();
    return await list();
  });
}

export async function measureSnapshots(options: SnapshotOptions) {
  const { size, name, progress } = options;
  const npm = NpmPeers.start();
  const listers = Object.entries(findListers(npm, progress));
  const sides = Object.fromEntries(listers.map(([key, list]) => [key, timed(size, list)]));
  const crowd = new Crowd(size);
  const rounds = await allInTurn(options, sides, () => crowd.keep());
  if (typeof npm !== 'string') {
    const slowest = await slowestPeer(options, npm, crowd);
    if (slowest.length > 0) rounds['systeminformation'] = slowest;
    npm[Symbol.dispose]();
  }
  await Actor.endAll();
  return toFigures(name, rounds);
}
