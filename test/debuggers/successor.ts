import { constants } from 'node:os';
import { Actor } from '../support/actor';
import { become, type Debuggee } from '../support/debuggees';
import { pidReuse } from '../support/pidReuse';
import { Witness } from './witness';

export interface Harm {
  /** By a signal or a debugger, for however short a time. */
  readonly isTouched: boolean;
  /** Now. */
  readonly isTraced: boolean;
  /** How often SIGUSR1 has come; 0 where he is traced. */
  readonly signals: number;
}

/** A program to debug, whose number becomes another process's at a moment that the test chooses. */
export class Successor {
  private impostor: Actor | undefined;
  private witness: Witness | undefined;

  private constructor(
    private readonly parent: Actor,
    readonly victim: Actor,
  ) {}

  static async of(context: Mocha.Context, program: Debuggee): Promise<Successor> {
    const parent = await Actor.start();
    await pidReuse.requireRight(context, parent);
    return new Successor(parent, await become(await parent.fork(), program));
  }

  get pid(): number {
    return this.victim.pid;
  }

  get hasSucceeded(): boolean {
    return this.witness !== undefined;
  }

  /** The program ends, and an innocent process has its number. Once only. */
  async succeed(): Promise<void> {
    if (this.impostor) return;
    const impostor = await pidReuse.replace(this.parent, this.victim);
    if (!impostor) throw new Error('another process was given the number meanwhile');
    this.impostor = impostor;
    await impostor.ask('handle', constants.signals.SIGUSR1);
    this.witness = await Witness.of(this.pid);
  }

  /** What has been done to the innocent. */
  async harm(): Promise<Harm> {
    if (!this.witness || !this.impostor) throw new Error('nobody has the number yet');
    const { isTraced } = this.witness;
    if (isTraced) return { isTouched: true, isTraced, signals: 0 };
    const isTouched = await this.witness.isTouched();
    return { isTouched, isTraced, signals: await this.impostor.askNumber('felt') };
  }
}
