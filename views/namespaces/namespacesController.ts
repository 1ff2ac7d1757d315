import type { Clock } from '../clock';
import { Emitter, type Disposable } from '../emitter';
import type { LiveNamespaces, NamespaceViewer } from '../liveNamespaces';
import type { LiveProcesses, ProcessViewer } from '../liveProcesses';
import { RefreshScheduler } from '../refreshScheduler';
import type { NamespacesModel } from './model';

/** Rows below a namespace come and go with its processes: slow enough to click on one. */
const refreshMs = 1000;

/** Keeps the model fed while the view is looked at, and not a moment longer. */
export class NamespacesController implements Disposable {
  private readonly refreshed = new Emitter<void>();
  private readonly scheduler: RefreshScheduler;
  private readonly processes: ProcessViewer;
  private readonly namespaces: NamespaceViewer;
  private readonly listening: Disposable;
  private noRows: unknown;
  readonly onDidRefresh = this.refreshed.event;

  constructor(
    private readonly live: { processes: LiveProcesses; namespaces: LiveNamespaces },
    readonly model: NamespacesModel,
    clock: Clock,
  ) {
    this.scheduler = new RefreshScheduler(clock, refreshMs, () => this.refreshed.fire());
    this.processes = live.processes.join({
      onRows: (rows) => this.takeRows(() => model.resetRows(rows)),
      onDelta: (delta) => this.takeRows(() => model.applyRows(delta)),
      onFailure: (error) => this.fail(error),
    });
    this.namespaces = live.namespaces.join();
    this.listening = live.namespaces.onDidChange(() => this.scheduler.schedule());
  }

  /** Why there is nothing to show; undefined when there is. */
  get failure(): unknown {
    return this.noRows ?? this.live.namespaces.failure;
  }

  async setVisible(visible: boolean): Promise<void> {
    // Before anything is awaited: by then the view may be looked at again, and have its rows.
    if (!visible) this.model.clear();
    await Promise.all([this.processes.want(visible), this.namespaces.want(visible)]);
  }

  dispose(): void {
    this.scheduler.dispose();
    this.processes.dispose();
    this.namespaces.dispose();
    this.listening.dispose();
  }

  private takeRows(change: () => void): void {
    this.noRows = undefined;
    change();
    this.scheduler.schedule();
  }

  private fail(error: unknown): void {
    this.noRows = error;
    this.model.resetRows([]);
    this.scheduler.schedule();
  }
}
