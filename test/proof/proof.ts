// All trials, ours with and without identity checks, and those of the peers.
import { protocolVersion } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { entry, HostClient } from '../support/hostClient';
import { Lab } from './lab';
import { operations } from './operations';
import { findPeers, hits } from './peers';
import { barriers, between, inside, type Outcome } from './trials';

export interface Count {
  trials: number;
  wrong: number;
  refused: number;
}

export interface Proof {
  /** Ours: none of these may be wrong. */
  readonly ours: Readonly<Record<string, Count>>;
  /** The same trials with the identity checks switched off: if none is wrong they prove nothing. */
  readonly unchecked: Readonly<Record<string, Count>>;
  /** Start times as identity, the predecessor younger than a clock tick: they cannot tell. */
  readonly startTimeAtOnce: Count;
  readonly peers: Readonly<Record<string, Count>>;
  readonly missing: readonly string[];
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
const insideShare = 1 / 20;
const startTimeShare = 1 / 50;
/** Two clock ticks (proc_pid_stat(5), 100 a second): then start times surely differ. */
const safeAgeMs = 20;

const zero = (): Count => ({ trials: 0, wrong: 0, refused: 0 });

function count(into: Record<string, Count>, name: string, { wrong, refused }: Outcome): void {
  const entry = (into[name] ??= zero());
  entry.trials++;
  entry.wrong += Number(wrong);
  entry.refused += Number(refused);
}

async function withHost<T>(words: readonly string[], body: (host: HostClient) => Promise<T>) {
  const host = new HostClient([], entry, words);
  try {
    await host.request('initialize', { protocolVersion });
    return await body(host);
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
  const insideTrials = Math.max(barriers.length, Math.round(trials * insideShare));
  const startTimeTrials = Math.max(names.length, Math.round(trials * startTimeShare));
  progress('numbers that change hands before a request');
  await withHost([], (host) =>
    spread(trials - insideTrials - startTimeTrials, names, async (name) =>
      count(counts, name, await between(host, lab, name)),
    ),
  );
  progress('numbers that change hands inside an operation');
  await withHost(['--without=pidfsHandles'], async (host) => {
    for (let trial = 0; trial < insideTrials; trial++) {
      const barrier = barriers[trial % barriers.length];
      if (barrier) count(counts, barrier.name, await inside(host, lab, barrier));
    }
  });
  progress('start times');
  await withHost(['--without=pidfs'], (host) =>
    spread(startTimeTrials, names, async (name) => {
      count(counts, `start time: ${name}`, await between(host, lab.ageing(safeAgeMs), name));
    }),
  );
  return counts;
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

/** With the same barriers and operations, and nothing that compares. */
async function unchecked(lab: Lab, trials: number): Promise<Record<string, Count>> {
  const counts: Record<string, Count> = {};
  await withHost(['--without=identityChecks'], (host) =>
    spread(trials, names, async (name) => count(counts, name, await between(host, lab, name))),
  );
  return counts;
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
        const wrong = await hits(lab, kill);
        count(counts, name, { wrong, refused: !wrong });
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
      unchecked: await unchecked(lab, Math.max(names.length, options.peerTrials)),
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
  for (const { trials, wrong, refused } of Object.values(counts)) {
    total.trials += trials;
    total.wrong += wrong;
    total.refused += refused;
  }
  return total;
}
