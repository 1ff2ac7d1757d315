import type { ProcessKey } from '../../native-host/protocol';
import type { Clock } from '../clock';

/** For so long the pointer may still be where it was: VS Code does not tell when it leaves a row. */
const hoverMs = 20_000;

/** Which rows a person is at: those are sampled, and they are redrawn rarely, for that closes their tooltips. */
export class Attention {
  private readonly hovered = new Map<ProcessKey, number>();
  private selected: readonly ProcessKey[] = [];

  constructor(private readonly clock: Clock) {}

  hover(key: ProcessKey): void {
    this.hovered.set(key, this.clock.elapsed());
  }

  select(keys: readonly ProcessKey[]): void {
    this.selected = keys;
  }

  keys(): ReadonlySet<ProcessKey> {
    const since = this.clock.elapsed() - hoverMs;
    for (const [key, at] of this.hovered) if (at < since) this.hovered.delete(key);
    return new Set([...this.hovered.keys(), ...this.selected]);
  }
}
