import type { Actor } from './actor';
import { skipBecause } from './results';

/**
 * Gives the number of a dead and collected process to a new child of `parent`. clone3 with set_tid is deterministic,
 * unless somebody else was given the number meanwhile: then EEXIST, and the caller must look for another victim.
 */
async function impostor(parent: Actor, pid: number): Promise<Actor | null> {
  try {
    return await parent.place(pid);
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('EEXIST')) return null;
    throw error;
  }
}

let refusal: string | null | undefined;

/** Before anything is under way: whether this user may choose PIDs. scripts/kernels/judge.mjs knows these words. */
async function requireRight(context: Mocha.Context, parent: Actor): Promise<void> {
  refusal ??= await parent.ask('place', 0, parent.pid).then(
    () => null,
    (error: Error) => (error.message.endsWith('EEXIST') ? null : error.message),
  );
  if (refusal) skipBecause(context, `this user may not choose PIDs (clone3 set_tid): ${refusal}`);
}

/** Ends a child of `parent` and gives its number to another one; null when somebody else took it. */
async function replace(parent: Actor, victim: Actor): Promise<Actor | null> {
  victim.exit(0);
  await parent.reap(victim);
  return await impostor(parent, victim.pid);
}

/**
 * Has a child of `parent` seen by `before`, replaced by another process with the same number, and seen by `after`.
 * `before` and `after` run while the respective process is alive.
 */
async function recycle<T>(
  context: Mocha.Context,
  parent: Actor,
  before: (victim: Actor) => Promise<T>,
  after: (impostor: Actor, seen: T) => Promise<void>,
): Promise<void> {
  await requireRight(context, parent);
  for (let attempt = 0; attempt < 5; attempt++) {
    const victim = await parent.fork();
    const seen = await before(victim);
    const successor = await replace(parent, victim);
    if (!successor) continue;
    await after(successor, seen);
    successor.exit(0);
    await parent.reap(successor);
    return;
  }
  throw new Error('another process took the number each time');
}

export const pidReuse = { recycle, replace, requireRight };
