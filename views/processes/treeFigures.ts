import type { ProcessKey } from '../../native-host/protocol';
import type { Clock } from '../clock';
import type { Attention } from '../usage/attention';
import type { UsageStore } from '../usage/usageStore';
import { usageText } from '../usage/usageText';
import type { ShownTree } from './tree/shownTree';

/** Rows whose figures are kept up; more are not on any screen. */
const mostRows = 500;
/** In one fire: VS Code redraws some hundred rows in a moment, and thousands in seconds. */
const mostRedrawn = 200;
/** An open row is redrawn with all that is below it. */
const mostBelow = 100;
/** A row that a person is at. */
const rarelyMs = 15_000;

interface Drawn {
  readonly text: string;
  readonly at: number;
}

/** The figures on rows: what they show, and which of them show another by now. */
export class TreeFigures {
  private readonly drawn = new Map<ProcessKey, Drawn>();

  constructor(
    private readonly tree: ShownTree,
    private readonly store: UsageStore,
    private readonly attention: Attention,
    private readonly clock: Clock,
  ) {}

  rows(): readonly ProcessKey[] {
    return this.tree.openRows(mostRows);
  }

  /** What a row is to show when it is drawn now. It is taken to be drawn then. */
  draw(key: ProcessKey): string {
    const text = this.textOf(key);
    if (text === '') this.drawn.delete(key);
    else this.drawn.set(key, { text, at: this.clock.elapsed() });
    return text;
  }

  /** Rows that show something else by now, as many as can be redrawn in a moment. */
  outdated(): readonly ProcessKey[] {
    const at = this.attention.keys();
    const above = new Set([...at].flatMap((key) => this.tree.keysAbove(key)));
    const found: ProcessKey[] = [];
    let cost = 0;
    for (const key of this.shown()) {
      if (!this.isOutdated(key, at.has(key) || above.has(key))) continue;
      cost += 1 + this.tree.openBelow(key, mostBelow);
      if (cost > mostRedrawn) break;
      found.push(key);
    }
    return found;
  }

  /** Those that are kept up, and those that still show something. */
  private shown(): ReadonlySet<ProcessKey> {
    for (const key of this.drawn.keys()) if (!this.tree.element(key)) this.drawn.delete(key);
    return new Set([...this.rows(), ...this.drawn.keys()]);
  }

  private isOutdated(key: ProcessKey, isHeld: boolean): boolean {
    const drawn = this.drawn.get(key);
    if ((drawn?.text ?? '') === this.textOf(key)) return false;
    return !isHeld || (drawn !== undefined && this.clock.elapsed() - drawn.at >= rarelyMs);
  }

  /** Nothing where it could not be kept up: what is old must not look as if it were new. */
  private textOf(key: ProcessKey): string {
    const usage = this.store.of(key);
    if (!usage || this.tree.openBelow(key, mostBelow) >= mostBelow) return '';
    return usageText(usage);
  }
}
