// One trial: a row is drawn, its number changes hands, and the row is acted on.
import type { ProcessRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import { tryHoldUp, type HeldUp } from '../support/holdUp';
import type { Barrier, Cast, Tier } from './barriers';
import type { Lab } from './lab';
import { named } from './operations';
import { answer, judge, type Outcome } from './outcome';

const row = (host: HostClient, { pid }: Actor): Promise<ProcessRow> =>
  host.request('processes/find', { pid });

/** The number changes hands between what a person saw and what a person does. */
export function between(host: HostClient, lab: Lab, name: string): Promise<Outcome> {
  return lab.pass(async () => {
    const target = await lab.target();
    const seen = await row(host, target);
    const impostor = await lab.replace(target);
    if (!impostor) return null;
    const outcome = await judge(target, impostor, await answer(named(name)(host, seen)));
    await lab.end(impostor);
    return outcome;
  });
}

/** The number changes hands while the host stands still between two of its system calls. */
export function inside(host: HostClient, lab: Lab, barrier: Barrier, tier: Tier): Promise<Outcome> {
  return lab.pass(async () => {
    const cast = await (barrier.cast ?? single)(lab);
    try {
      return await recycledInside(host, lab, barrier, cast, tier);
    } finally {
      if (barrier.endsAsked) await lab.parent.reap(cast.asked);
      else if (cast.asked !== cast.target) await lab.end(cast.asked);
    }
  });
}

async function single(lab: Lab): Promise<Cast> {
  const target = await lab.target();
  return { target, asked: target, parent: lab.parent };
}

async function recycledInside(
  host: HostClient,
  lab: Lab,
  barrier: Barrier,
  cast: Cast,
  tier: Tier,
): Promise<Outcome | null> {
  const seen = await row(host, cast.asked);
  const held = await tryHoldUp(host.pid, barrier.where(cast, tier));
  if (!held) throw new Error('this user may not trace its own processes');
  const asked = answer(barrier.ask(host, seen, cast));
  const impostor = await whileHeld(held, async () => {
    await barrier.prepare?.(cast);
    return await lab.replace(cast.target, cast.parent);
  });
  const told = await asked;
  if (!impostor) return null;
  const outcome = await judge(cast.target, impostor, barrier.byNumber ? null : told);
  const stitched = barrier.byNumber === true && told !== null && isStitched(seen, told);
  await lab.end(impostor);
  return { ...outcome, wrong: outcome.wrong || stitched, refused: told === null };
}

async function whileHeld<T>(held: HeldUp, body: () => Promise<T>): Promise<T> {
  try {
    await held.reached;
    return await body();
  } finally {
    await held.letGo();
  }
}

/** One's key beside the other's name. */
function isStitched(seen: ProcessRow, told: ProcessRow): boolean {
  return (told.key === seen.key) === (told.comm === 'impostor');
}
