import { Actor } from '../../support/actor';

/** A crowd ends by itself, after two minutes; before that comes another one. */
const crowdMs = 60_000;

/** Sleeping processes of one parent, as many as were asked for. */
export class Crowd {
  private until = 0;

  constructor(readonly size: number) {}

  /** They are there for a minute from now on, nearly. */
  async keep(): Promise<void> {
    if (performance.now() < this.until) return;
    await Actor.endAll();
    this.until = performance.now() + crowdMs;
    await (await Actor.start()).ask('crowd', this.size);
  }
}
