// All jobs at once for a while, and then a rest in which nothing is asked and all can be compared.
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { jobs } from './jobs';
import { volumes } from './volume';
import type { World } from './world';

type Counted = keyof typeof volumes;

export interface Share {
  /** How many of each there have to be when this round is over. */
  readonly due: Readonly<Record<Counted, number>>;
  readonly ms: number;
}

/** What a job meets that it does not expect is wrong, and the others go on. */
async function attempt(world: World, job: () => Promise<void>): Promise<void> {
  try {
    await job();
  } catch (error) {
    if (world.host.hasExited) throw error;
    world.tally.wrong(String(error));
  }
}

/** Evenly over the time, and what is left at its end all the same. */
async function pace(world: World, what: Counted, { due, ms }: Share): Promise<void> {
  const { counts } = world.tally;
  const [began, from] = [performance.now(), counts[what]];
  while (counts[what] < due[what] && !world.host.hasExited) {
    const share = Math.min(1, (performance.now() - began) / ms);
    if (counts[what] - from <= (due[what] - from) * share)
      await attempt(world, () => volumes[what](world));
    else await delay(5);
  }
}

let rounds = 0;

export async function mix(world: World, share: Share): Promise<void> {
  const ends = performance.now() + share.ms;
  const repeat = async (job: (typeof jobs)[number]) => {
    while (performance.now() < ends) await attempt(world, () => job(world, rounds++));
  };
  const counted = (Object.keys(volumes) as Counted[]).map((what) => pace(world, what, share));
  await Promise.all([...jobs.map(repeat), ...counted]);
}

/** By key: on which side it is alone, and what it is there. */
async function differing({ host, view }: World): Promise<Map<string, string>> {
  const { rows } = await host.request('processes/list', null);
  const [there, known] = [new Map(rows.map((row) => [row.key, row])), view.model.livingKeys()];
  const alone = new Map<string, string>();
  for (const key of known)
    if (!there.has(key))
      alone.set(key, `only in the tree: ${JSON.stringify(view.model.knownRow(key))}`);
  for (const key of known) there.delete(key);
  for (const [key, row] of there) alone.set(key, `only in a fresh look: ${JSON.stringify(row)}`);
  return alone;
}

/** The tree knows whoever is there, and nobody else: who comes or goes right now may differ, but not for long. */
async function compare(world: World): Promise<void> {
  let suspects = await differing(world);
  const agrees = async (): Promise<boolean> => {
    const still = await differing(world);
    suspects = new Map([...suspects].filter(([key]) => still.has(key)));
    return suspects.size === 0;
  };
  await eventually('the tree is what a fresh look shows', agrees).catch(() =>
    world.tally.wrong(`the tree differs from a fresh look: ${[...suspects.values()].join('; ')}`),
  );
}

export async function rest(world: World): Promise<void> {
  const { controller } = world.view;
  await Promise.all(world.all.map((actor) => actor.ask('pid')));
  await controller.setVisible(true);
  await compare(world);
  await controller.setVisible(false);
  world.host.forget(); // the client must not grow either
}
