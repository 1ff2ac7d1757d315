// Forces numbers to change hands: a target dies and is collected, and an impostor is given its number.
import { constants } from 'node:os';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';

const { SIGUSR1, SIGTERM, SIGCONT, SIGHUP } = constants.signals;

/** A child whose number nobody else took in the meantime. */
const attempts = 10;

/** How those ended that are over: raw wait statuses. */
const endings = new WeakMap<Actor, number>();

/** Collects its children when told to, and may choose their numbers. */
export class Lab {
  private constructor(
    readonly parent: Actor,
    private readonly ageMs = 0,
  ) {}

  static async open(): Promise<Lab> {
    return new Lab(await Actor.start());
  }

  /** The same, with targets that get so old before they are replaced. */
  ageing(ageMs: number): Lab {
    return new Lab(this.parent, ageMs);
  }

  /** A child of `parent`, alone in its group. */
  async target(parent = this.parent): Promise<Actor> {
    const target = await parent.fork();
    const born = performance.now();
    await eventually('it is old enough', () => performance.now() - born >= this.ageMs);
    await target.ask('group', 0);
    return target;
  }

  async end(actor: Actor, parent = this.parent): Promise<void> {
    actor.exit(0);
    endings.set(actor, await parent.reap(actor));
  }

  /** It ended as it was told to, and felt nothing else. */
  static endedAsTold(actor: Actor): boolean {
    return endings.get(actor) === 0;
  }

  /** Ends the target and gives its number to a process that counts what it feels. null: somebody else was quicker. */
  async replace(target: Actor, parent = this.parent): Promise<Actor | null> {
    await this.end(target, parent);
    const impostor = await this.parent.place(target.pid).catch((error: Error) => {
      if (error.message.endsWith('EEXIST')) return null;
      throw error;
    });
    if (!impostor) return null;
    await impostor.ask('comm', 'impostor');
    await impostor.ask('group', 0);
    for (const signal of [SIGUSR1, SIGTERM, SIGCONT, SIGHUP]) await impostor.ask('handle', signal);
    return impostor;
  }

  /** Tries until a number could be passed on. */
  async pass<T>(trial: () => Promise<T | null>): Promise<T> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const result = await trial();
      if (result !== null) return result;
    }
    throw new Error('somebody else took the number each time');
  }
}
