import { Actor } from './actor';
import { eventually } from './eventually';
import { procfs } from './procfs';

interface Pair {
  /** Collects the child only when told to. */
  readonly parent: Actor;
  readonly child: Actor;
}

/** A process that is neither the test's child nor the host's. */
async function foreign(): Promise<Pair> {
  const parent = await Actor.start();
  return { parent, child: await parent.fork() };
}

/** Its parent has exited and left it to `parent`, which did not create it. */
async function reparented(): Promise<Pair> {
  const parent = await Actor.start();
  await parent.ask('subreaper');
  return { parent, child: await parent.orphan() };
}

const becomesZombie = (pid: number): Promise<true> =>
  eventually(`${pid} is a zombie`, () => procfs.stat(pid)?.state === 'Z');

const fallsAsleep = (pid: number): Promise<true> =>
  eventually(`${pid} waits for a command`, () => procfs.stat(pid)?.state === 'S');

async function zombie(code: number): Promise<Pair> {
  const pair = await foreign();
  pair.child.exit(code);
  await becomesZombie(pair.child.pid);
  return pair;
}

/** Alive, but its first thread has exited: the kernel shows the process as a zombie. */
async function leaderless(): Promise<Pair> {
  const pair = await foreign();
  await pair.child.ask('handover');
  await becomesZombie(pair.child.pid);
  return pair;
}

/** Real processes with a known lifecycle; the root hooks end them after the test. */
export const children = {
  own: () => Actor.start(),
  foreign,
  reparented,
  zombie,
  leaderless,
  becomesZombie,
  fallsAsleep,
};
