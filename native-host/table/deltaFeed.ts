import type { TableDelta } from '../protocol.js';
import { MergedDelta } from './mergedDelta.js';

/**
 * Tells one client what changes in the table: one delta is on its way, and one waits, into which all that comes
 * meanwhile is merged. A client that is slow gets the newest state, and never a queue.
 */
export class DeltaFeed {
  private readonly waiting = new MergedDelta();
  private onTheirWay = 0;

  /** `send` resolves when the client has taken the delta. */
  constructor(private readonly send: (delta: TableDelta) => Promise<void>) {}

  /** As a listener of the table. */
  readonly push = (delta: TableDelta): void => {
    this.waiting.add(delta);
    if (this.onTheirWay === 0) this.flush();
  };

  /** Whether or not the client has taken the last one: it has asked for what there is. */
  flush(): void {
    const delta = this.waiting.take();
    if (!delta) return;
    this.onTheirWay++;
    void this.send(delta).finally(() => this.taken());
  }

  /** The client gets all rows anew, or none any more. */
  forget(): void {
    this.waiting.take();
  }

  private taken(): void {
    this.onTheirWay--;
    if (this.onTheirWay === 0) this.flush();
  }
}
