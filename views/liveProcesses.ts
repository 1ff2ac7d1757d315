import type { ProcessKey, ProcessRow, TableDelta, TableMode } from '../native-host/protocol';
import type { Disposable } from './emitter';
import type { HostApi } from './hostApi';
import { Subscription } from './subscription';

/** One view's part in the table of processes. */
export interface ProcessListener {
  onRows(rows: readonly ProcessRow[]): void;
  onDelta(delta: TableDelta): void;
  /** There are no rows any more that anybody keeps up to date. */
  onFailure(error: unknown): void;
}

export interface ProcessViewer extends Disposable {
  /** Resolves when there are rows, or it is known why there are none. */
  want(wanted: boolean): Promise<void>;
  /** Rows have come and are being kept up to date. */
  readonly isActive: boolean;
}

/** The one subscription of the native host's table, shared by all views that show processes. */
export class LiveProcesses implements Disposable {
  private readonly rows = new Map<ProcessKey, ProcessRow>();
  private readonly viewers = new Set<Viewer>();
  private readonly subscription: Subscription<'processes'>;
  private current: TableMode | undefined;

  constructor(host: HostApi) {
    this.subscription = new Subscription(host, 'processes', {
      onSnapshot: ({ rows, mode }) => this.take(rows, mode),
      onNews: (delta) => this.apply(delta),
      onFailure: (error) => this.fail(error),
    });
  }

  join(listener: ProcessListener): ProcessViewer {
    const viewer = new Viewer(listener, this);
    this.viewers.add(viewer);
    return viewer;
  }

  get isActive(): boolean {
    return this.subscription.isActive;
  }

  /** How fresh the rows are; undefined while there are none. */
  get mode(): TableMode | undefined {
    return this.isActive ? this.current : undefined;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** @internal for viewers: one has begun to look while others do. */
  show(viewer: Viewer): void {
    if (this.isActive) viewer.listener.onRows([...this.rows.values()]);
  }

  /** @internal for viewers */
  leave(viewer: Viewer): void {
    this.viewers.delete(viewer);
    void this.settle();
  }

  /** @internal for viewers */
  settle(): Promise<void> {
    if (!this.isWanted) this.rows.clear(); // views that are hidden cost no memory either
    return this.subscription.want(this.isWanted);
  }

  private get isWanted(): boolean {
    return [...this.viewers].some(({ wanted }) => wanted);
  }

  private take(rows: readonly ProcessRow[], mode: TableMode): void {
    this.current = mode;
    this.rows.clear();
    for (const row of rows) this.rows.set(row.key, row);
    this.tell(({ listener }) => listener.onRows(rows));
  }

  private apply(delta: TableDelta): void {
    this.current = delta.mode ?? this.current;
    for (const key of delta.removed) this.rows.delete(key);
    for (const row of [...delta.added, ...delta.changed]) this.rows.set(row.key, row);
    this.tell(({ listener }) => listener.onDelta(delta));
  }

  private fail(error: unknown): void {
    this.rows.clear();
    this.tell(({ listener }) => listener.onFailure(error));
  }

  private tell(say: (viewer: Viewer) => void): void {
    for (const viewer of this.viewers) if (viewer.wanted) say(viewer);
  }
}

class Viewer implements ProcessViewer {
  wanted = false;

  constructor(
    readonly listener: ProcessListener,
    private readonly live: LiveProcesses,
  ) {}

  get isActive(): boolean {
    return this.wanted && this.live.isActive;
  }

  async want(wanted: boolean): Promise<void> {
    if (wanted && !this.wanted) this.live.show(this);
    this.wanted = wanted;
    await this.live.settle();
  }

  dispose(): void {
    this.wanted = false;
    this.live.leave(this);
  }
}
