// All trials, ours with and without identity checks, and those of the peers.
import { protocolVersion } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { entry, HostClient } from '../support/hostClient';
import { barriers, type Barrier, type Tier } from './barriers';
import { Lab } from './lab';
import { operations } from './operations';
import type { Outcome } from './outcome';
import { findPeers, hits, type Missing } from './peers';
import { between, inside } from './trials';

export interface Count {
  trials: number;
  wrong: number;
  refused: number;
  /** How many had been given a signal before their number went on; and how many signals their successors felt. */
  targetFelt: number;
  impostorFelt: number;
}

export interface Proof {
  /** Ours: none of these may be wrong. */
  readonly ours: Readonly<Record<string, Count>>;
  /** The same trials with the identity checks switched off. */
  readonly unchecked: Readonly<Record<string, Count>>;
  /** Those of them that a check guards, and where still nobody was hit: they prove nothing. */
  readonly blind: readonly string[];
  /** Start times as identity, the predecessor younger than a clock tick: they cannot tell. */
  readonly startTimeAtOnce: Count;
  readonly peers: Readonly<Record<string, Count>>;
  readonly missing: readonly Missing[];
}

export interface Options {
  readonly trials: number;
  readonly peerTrials: number;
  /** Those that are clicked in a VS Code, in addition. */
  readonly uiTrials: number;
  /** Lets npm install peers. */
  readonly npm: boolean;
  readonly progress: (text: string) => void;
}

const names = Object.keys(operations);
/** So many of all trials change the number's owner inside an operation. */
const insideShare = 1 / 2;
const startTimeShare = 1 / 50;
/** Two clock ticks (proc_pid_stat(5), 100 a second): then start times surely differ. */
const safeAgeMs = 20;

/** What keeps a host from using the better tiers. */
const tierWords: Readonly<Record<Tier, readonly string[]>> = {
  handle: [],
  inode: ['pidfsHandles'],
  startTime: ['pidfs'],
};

const zero = (): Count => ({ trials: 0, wrong: 0, refused: 0, targetFelt: 0, impostorFelt: 0 });

function count(into: Record<string, Count>, name: string, outcome: Outcome): void {
  const entry = (into[name] ??= zero());
  entry.trials++;
  entry.wrong += Number(outcome.wrong);
  entry.refused += Number(outcome.refused);
  entry.targetFelt += Number(outcome.targetFelt);
  entry.impostorFelt += outcome.impostorFelt;
}

async function withHost<T>(
  words: readonly string[],
  body: (host: HostClient, best: Tier) => Promise<T>,
) {
  const host = new HostClient([], entry, words);
  try {
    const { tier } = await host.request('initialize', { protocolVersion });
    return await body(host, tier as Tier);
  } finally {
    await host.close();
  }
}

/** One after the other, so many of each kind. */
async function spread(
  trials: number,
  kinds: readonly string[],
  run: (kind: string) => Promise<void>,
) {
  for (let trial = 0; trial < trials; trial++) await run(kinds[trial % kinds.length] ?? '');
}

async function ours(lab: Lab, { trials, progress }: Options): Promise<Record<string, Count>> {
  const counts: Record<string, Count> = {};
  const insideTrials = Math.round(trials * insideShare);
  const startTimeTrials = Math.max(names.length, Math.round(trials * startTimeShare));
  progress('numbers that change hands before a request');
  const best = await withHost([], async (host, tier) => {
    await spread(trials - insideTrials - startTimeTrials, names, async (name) =>
      count(counts, name, await between(host, labFor(tier, lab), name)),
    );
    return tier;
  });
  progress('numbers that change hands inside an operation');
  const kinds = tiersFrom(best).flatMap((tier) =>
    kindsOf(tier).map((barrier) => ({ tier, barrier })),
  );
  const share = (index: number) =>
    Math.floor(insideTrials / kinds.length) + Number(index < insideTrials % kinds.length);
  for (const group of byHost(kinds.map((kind, index) => ({ ...kind, times: share(index) })))) {
    await insideTimes(counts, lab, group);
  }
  progress('start times');
  await withHost(['--without=pidfs'], (host) =>
    spread(startTimeTrials, names, async (name) => {
      count(counts, `start time: ${name}`, await between(host, lab.ageing(safeAgeMs), name));
    }),
  );
  return counts;
}

const tiers = Object.keys(tierWords) as Tier[];
/** Older kernels have the lesser ones only. */
const tiersFrom = (best: Tier): readonly Tier[] => tiers.slice(tiers.indexOf(best));
const labFor = (tier: Tier, lab: Lab): Lab => (tier === 'startTime' ? lab.ageing(safeAgeMs) : lab);
const kindsOf = (tier: Tier) => barriers.filter((barrier) => barrier.tiers.includes(tier));

interface Kind {
  readonly barrier: Barrier;
  readonly tier: Tier;
  readonly times: number;
}

/** Those that one host serves. */
function byHost(kinds: readonly Kind[]): readonly (readonly Kind[])[] {
  const groups = new Map<string, Kind[]>();
  for (const kind of kinds.filter(({ times }) => times > 0)) {
    const name = `${kind.tier} ${kind.barrier.without}`;
    groups.set(name, [...(groups.get(name) ?? []), kind]);
  }
  return [...groups.values()];
}

async function insideTimes(
  counts: Record<string, Count>,
  lab: Lab,
  kinds: readonly Kind[],
  switchedOff: readonly string[] = [],
): Promise<void> {
  const [first] = kinds;
  if (!first) return;
  const { tier } = first;
  const off = [...tierWords[tier], ...switchedOff, ...(first.barrier.without ?? '').split(' ')];
  await withHost([`--without=${off.filter(Boolean).join()}`], async (host) => {
    for (const { barrier, times } of kinds) {
      for (let trial = 0; trial < times; trial++) {
        count(
          counts,
          `${tier}: ${barrier.name}`,
          await inside(host, labFor(tier, lab), barrier, tier),
        );
      }
    }
  });
}

async function clicked({ uiTrials, progress }: Options): Promise<Record<string, Count>> {
  if (uiTrials === 0) return {};
  progress('clicks in a workbench');
  const { Clicker } = await import('./clicked'); // with a browser's driver, which not every machine has
  const counts: Record<string, Count> = {};
  const clicker = await Clicker.open();
  try {
    await spread(uiTrials, ['clicked'], async (name) => count(counts, name, await clicker.trial()));
  } finally {
    await clicker.close();
  }
  return counts;
}

/**
 * What a program check refuses as well is guarded twice. And where a start time is all, it is read by number: the answer
 * is about the number's next owner alone then, and what was opened is dead and feels nothing.
 */
const guardedTwice = new Set([
  'signal, program checked',
  'startTime: group, between open and compare',
  'startTime: find, between open and read',
  'startTime: list, between open and read',
]);
const uncheckedTimes = 2;

/** With the same barriers and operations, and nothing that compares: opened by number, as all tiers but the first do. */
async function unchecked(lab: Lab, trials: number): Promise<Pick<Proof, 'unchecked' | 'blind'>> {
  const counts: Record<string, Count> = {};
  const tier = await withHost(['--without=pidfsHandles,identityChecks'], async (host, best) => {
    await spread(trials, names, async (name) =>
      count(counts, name, await between(host, lab, name)),
    );
    return best;
  });
  const guarded = kindsOf(tier).filter((barrier) => !barrier.unguarded);
  const kinds = guarded.map((barrier) => ({
    ...{ barrier, tier, times: uncheckedTimes },
  }));
  for (const group of byHost(kinds)) await insideTimes(counts, lab, group, ['identityChecks']);
  const blind = Object.entries(counts).filter(
    ([name, { wrong }]) => wrong === 0 && !guardedTwice.has(name),
  );
  return { unchecked: counts, blind: blind.map(([name]) => name) };
}

async function startTimeAtOnce(lab: Lab, trials: number): Promise<Count> {
  const counts: Record<string, Count> = { all: zero() };
  await withHost(['--without=pidfs'], (host) =>
    spread(trials, ['signal'], async (name) =>
      count(counts, 'all', await between(host, lab, name)),
    ),
  );
  return counts['all'] ?? zero();
}

async function ofPeers(lab: Lab, options: Options) {
  const peers = await findPeers(options.npm);
  const counts: Record<string, Count> = {};
  try {
    for (const [name, kill] of peers.kills) {
      options.progress(name);
      for (let trial = 0; trial < options.peerTrials; trial++) {
        count(counts, name, await hits(lab, kill));
      }
    }
  } finally {
    peers.dispose();
  }
  return { peers: counts, missing: peers.missing };
}

export async function prove(options: Options): Promise<Proof> {
  try {
    const byHand = await clicked(options);
    process.env['PIDFD_EXPLORER_TEST'] = '1';
    const lab = await Lab.open();
    return {
      ours: { ...(await ours(lab, options)), ...byHand },
      ...(await unchecked(lab, Math.max(names.length, options.peerTrials))),
      startTimeAtOnce: await startTimeAtOnce(lab, options.peerTrials),
      ...(await ofPeers(lab, options)),
    };
  } finally {
    delete process.env['PIDFD_EXPLORER_TEST'];
    await Actor.endAll();
  }
}

export function sum(counts: Readonly<Record<string, Count>>): Count {
  const total = zero();
  for (const one of Object.values(counts)) {
    for (const key of Object.keys(total) as (keyof Count)[]) total[key] += one[key];
  }
  return total;
}
