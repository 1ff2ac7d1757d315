// Something befalls a native host in the middle of everything, again and again.
import { setTimeout as delay } from 'node:timers/promises';
import { afterwards } from './afterwards';
import { faultKinds, type FaultKind, type Struck } from './faultKinds';
import { FaultyHost } from './faultyHost';
import { askAll, askMuch, type Victims } from './mix';
import { countStarved, newTally, note, type Tally } from './tally';
import { judge } from './verdict';
import { startVictims } from './victims';

const latestMs = 150;

/** mulberry32: the same moments again for the same seed, as far as time allows. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Moment {
  readonly name: string;
  readonly kind: FaultKind;
  readonly random: () => number;
  readonly where: string;
}

/** Rejects where it could not: then the moment proves nothing. */
async function befall({ supervisor }: FaultyHost, { name, kind }: Moment, struck: Struck) {
  await kind.strike(struck);
  if (name === 'restarted') await supervisor.restart();
}

/** Gives how what was asked was refused, and who ran below the native host. */
async function pass(host: FaultyHost, them: Victims, tally: Tally, moment: Moment) {
  const { supervisor, running } = host;
  const { kind, random, where } = moment;
  host.isHurried = !kind.isSurvived && !kind.isLong;
  const asked = askAll(supervisor, them, random);
  const askMore = () => void asked.push(askMuch(supervisor, them));
  const over = new AbortController();
  await delay(random() * latestMs);
  const below = afterwards.descendants(running.pid);
  await befall(host, moment, { ...running, askMore, over: over.signal }).catch((error: unknown) => {
    note(tally, 'wrong', `${where}: ${String(error)}`);
    over.abort();
  });
  const errors = await judge(asked, kind, tally, where);
  over.abort();
  host.isHurried = true;
  return { errors, below };
}

async function live(host: FaultyHost, them: Victims, tally: Tally, moment: Moment): Promise<void> {
  const { supervisor } = host;
  const { kind, name, where } = moment;
  const { errors, below } = await pass(host, them, tally, moment);
  if (kind.isStarving) countStarved(tally, errors);
  await afterwards.assertComesBack(supervisor, errors, tally, where);
  await supervisor.restart();
  await afterwards.assertNothingLeft(them, below, tally, where);
  await afterwards.assertThere(supervisor, them, tally, where);
  tally.moments++;
  tally.kinds[name] = (tally.kinds[name] ?? 0) + 1;
}

/** So many moments, of all kinds in turn. */
export async function strike(
  moments: number,
  seed: number,
  progress: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const [host, random, tally] = [new FaultyHost(), randomOf(seed), newTally()] as const;
  const kinds = Object.entries(faultKinds);
  const them = await startVictims(host);
  try {
    for (let at = 0; at < moments; at++) {
      await them.stayAlive();
      const [name, kind] = kinds[at % kinds.length] as [string, FaultKind];
      await live(host, them, tally, { name, kind, random, where: `moment ${at} (${name})` });
      progress(tally);
    }
  } finally {
    await host.supervisor.stop();
    await them[Symbol.asyncDispose]();
  }
  return tally;
}
