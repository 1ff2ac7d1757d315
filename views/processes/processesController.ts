import type { NamespaceNews, ProcessKey, ProcessRow, TableDelta } from '../../native-host/protocol';
import type { Clock } from '../clock';
import { Emitter, type Disposable } from '../emitter';
import type { HostApi } from '../hostApi';
import type { LiveNamespaces, NamespaceViewer } from '../liveNamespaces';
import type { LiveProcesses, ProcessViewer } from '../liveProcesses';
import type { Refresh } from './tree/refreshPlan';
import { needsNamespaces } from './grouping';
import { defaultChoices, type StoredChoices } from './choices';
import type { ProcessesModel } from './model';
import type { RestElement } from './processElement';
import { RefreshScheduler } from '../refreshScheduler';
import type { Sampler } from '../usage/sampler';
import { UsageWatch } from './usageWatch';

/** VS Code shows nothing at faster paces than 5 Hz, and a row that changes under a click loses the click. */
const refreshMs = 400;

/** Moves what the native host tells into the model, and says when the tree should be drawn again. */
export class ProcessesController implements Disposable {
  private readonly refreshed = new Emitter<Refresh>();
  private readonly arrived = new Emitter<void>();
  private readonly settled = new Emitter<readonly ProcessKey[]>();
  private readonly scheduler: RefreshScheduler;
  private readonly viewer: ProcessViewer;
  private readonly namespaces: NamespaceViewer;
  private readonly listening: Disposable;
  private visible = false;
  private cancelForget: (() => void) | undefined;
  private isSettled = false;
  private settle: () => void = () => undefined;
  private readonly firstSettled = new Promise<void>((resolve) => (this.settle = resolve));
  private stored: StoredChoices = defaultChoices;

  /** Fired at most each 400 ms; `nothing` is fired too, for texts that count processes. */
  readonly onDidRefresh = this.refreshed.event;
  /** These are no longer new. */
  readonly onDidSettle = this.settled.event;
  private lastFailure: unknown;
  readonly usage: UsageWatch;

  constructor(
    private readonly host: HostApi,
    live: { processes: LiveProcesses; namespaces: LiveNamespaces },
    readonly model: ProcessesModel,
    sampler: Sampler,
    private readonly clock: Clock,
  ) {
    this.usage = new UsageWatch(model, sampler, clock, () => this.scheduler.schedule());
    this.scheduler = new RefreshScheduler(clock, refreshMs, () => this.publish());
    this.namespaces = live.namespaces.join();
    this.listening = live.namespaces.onDidChange((news) => this.touchNamespaces(news));
    this.viewer = live.processes.join({
      onRows: (rows) => this.take(rows),
      onDelta: (delta) => this.apply(delta),
      onFailure: (error) => this.fail(error),
    });
  }

  get choices(): StoredChoices {
    return this.stored;
  }

  /** Why there is nothing to show; undefined when there is. */
  get failure(): unknown {
    return this.lastFailure;
  }

  /** Throws a FilterError, and then nothing has changed. */
  choose(choices: Partial<StoredChoices>): void {
    const next = { ...this.stored, ...choices };
    this.model.choose(next);
    this.stored = next;
    void this.settleNamespaces();
    this.usage.settle(this.visible);
    this.scheduler.runNow();
  }

  async setVisible(visible: boolean): Promise<void> {
    this.visible = visible;
    this.usage.settle(visible);
    await Promise.all([this.viewer.want(visible), this.settleNamespaces()]);
  }

  async refresh(): Promise<void> {
    await this.host.request('processes/refresh', null);
  }

  /** Settles with the first rows, or when they cannot be had; undefined afterwards. */
  get firstRows(): Promise<void> | undefined {
    return this.isSettled ? undefined : this.firstSettled;
  }

  /** Waits until the view has rows to show or it is known why there are none, at most `ms`. */
  async loaded(ms: number): Promise<void> {
    if (this.viewer.isActive || this.lastFailure !== undefined) return;
    await new Promise<void>((resolve) => {
      const finish = () => {
        cancel();
        listening.dispose();
        resolve();
      };
      const cancel = this.clock.after(ms, finish);
      const listening = this.arrived.event(finish);
    });
  }

  /** Makes a process visible in the tree, whatever a filter or switch hides; undefined when it is not there. */
  uncover(key: ProcessKey): ProcessRow | undefined {
    const row = this.model.knownRow(key);
    if (!row) return undefined;
    this.publish();
    if (this.makeRoomFor(key)) return row;
    this.choose({
      filter: '',
      kernelThreads: this.stored.kernelThreads || row.kind === 'kernelThread',
      otherUsers: this.stored.otherUsers || !this.model.isOwn(row),
    });
    this.publish();
    this.makeRoomFor(key);
    return row;
  }

  /** Of the children of one row only so many are given to VS Code. */
  showMore(rest: RestElement): void {
    this.refreshed.fire(this.model.tree.showMore(rest));
  }

  dispose(): void {
    this.cancelForget?.();
    this.scheduler.dispose();
    this.viewer.dispose();
    this.usage.dispose();
    this.namespaces.dispose();
    this.listening.dispose();
  }

  private take(rows: readonly ProcessRow[]): void {
    const { state } = this.host;
    this.lastFailure = undefined;
    this.model.reset(rows, state.kind === 'ready' ? state.hello.world.uid : null);
    this.publish();
    this.settleFirst();
    this.arrived.fire();
  }

  private settleFirst(): void {
    this.isSettled = true;
    this.settle();
  }

  private apply(delta: TableDelta): void {
    this.model.apply(delta, this.clock.elapsed());
    this.planForget();
    this.scheduler.schedule();
  }

  private fail(error: unknown): void {
    this.lastFailure = error;
    this.model.reset([], null);
    this.publish();
    this.settleFirst();
    this.arrived.fire();
  }

  /** Rows that ended leave some seconds later, without anybody's news. */
  private planForget(): void {
    const next = this.model.nextForget;
    if (next === undefined || this.cancelForget) return;
    this.cancelForget = this.clock.after(Math.max(0, next - this.clock.elapsed()), () => {
      this.cancelForget = undefined;
      this.settled.fire(this.model.forget(this.clock.elapsed()));
      this.scheduler.schedule();
      this.planForget();
    });
  }

  /** They cost something: they are told about only while something of them is shown. */
  private settleNamespaces(): Promise<void> {
    return this.namespaces.want(this.visible && this.showsNamespaces);
  }

  private get showsNamespaces(): boolean {
    return needsNamespaces(this.stored.grouping) || this.stored.namespaceNumbers;
  }

  private touchNamespaces(news: NamespaceNews | undefined): void {
    if (!this.showsNamespaces) return;
    this.model.touchNamespaces(news);
    this.scheduler.schedule();
  }

  /** False where it is not shown. */
  private makeRoomFor(key: ProcessKey): boolean {
    if (!this.model.tree.element(key)) return false;
    this.refreshed.fire(this.model.tree.makeRoomFor(key));
    return true;
  }

  private publish(): void {
    this.refreshed.fire(this.model.publish());
  }
}
