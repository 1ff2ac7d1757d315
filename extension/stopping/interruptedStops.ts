import type { ProcessRow } from '../../native-host/protocol';
import type { Memory } from '../../views/memory';
import type { Place } from '../../views/place';

const memoryKey = 'stops.running';

/** A countdown or a stop of a tree that runs, as the next window will find it should this one be reloaded meanwhile. */
export interface StoredStop {
  readonly row: ProcessRow;
  readonly place: Place;
  /** The last signal that was sent. */
  readonly signal: number;
  /** With all that descends from it. */
  readonly isTree?: true;
}

/** Remembers what is being stopped, so that what a reload cuts off is told of and not silently dropped. */
export class InterruptedStops {
  private readonly running = new Map<string, StoredStop>();
  private isClosed = false;
  /** What another session of this window left behind. Taken once. */
  readonly found: readonly StoredStop[];

  constructor(private readonly memory: Memory) {
    this.found = memory.get<StoredStop[]>(memoryKey) ?? [];
  }

  async note(token: string, stop: StoredStop): Promise<void> {
    this.running.set(token, stop);
    await this.write();
  }

  async forget(token: string): Promise<void> {
    this.running.delete(token);
    await this.write();
  }

  /** The window closes: what runs by now is cut off, however it says that it ended. */
  close(): void {
    this.isClosed = true;
  }

  /** After those that were found have been told of. */
  async write(): Promise<void> {
    if (this.isClosed) return;
    const stops = [...this.running.values()];
    await this.memory.update(memoryKey, stops.length === 0 ? undefined : stops);
  }
}
