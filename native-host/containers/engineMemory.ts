import { askEngine, type Cli } from './engineCli.js';
import type { StoredName } from './stateFiles.js';

/** So long an answer holds: containers are renamed now and then, and a view is opened again and again. */
const heldMs = 60_000;
/** Slower than any engine that works. */
const silentMs = 2500;
const mostHeld = 1000;

type Answer = StoredName | null;

/** Asks engines through their command lines, each container once a minute, and none that has just kept us waiting. */
export class EngineMemory {
  private readonly answers = new Map<string, { readonly at: number; readonly answer: Answer }>();
  private readonly silentSince = new Map<Cli, number>();

  constructor(
    private readonly ask: (cli: Cli, id: string) => Promise<Answer> = askEngine,
    private readonly now = () => performance.now(),
  ) {}

  async find(cli: Cli, id: string): Promise<Answer> {
    const began = this.now();
    const held = this.answers.get(`${cli} ${id}`);
    if (held && began - held.at < heldMs) return held.answer;
    const silent = this.silentSince.get(cli);
    if (silent !== undefined && began - silent < heldMs) return null;
    const answer = await this.ask(cli, id);
    const tookMs = this.now() - began;
    if (answer === null && tookMs > silentMs) this.silentSince.set(cli, this.now());
    else this.hold(`${cli} ${id}`, answer);
    return answer;
  }

  private hold(key: string, answer: Answer): void {
    const [oldest] = this.answers.keys();
    if (this.answers.size === mostHeld && oldest !== undefined) this.answers.delete(oldest);
    this.answers.delete(key);
    this.answers.set(key, { at: this.now(), answer });
  }
}
