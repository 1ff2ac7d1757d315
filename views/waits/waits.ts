import type { ProcessRow } from '../../native-host/protocol';
import type { Clock } from '../clock';
import { Emitter, type Disposable } from '../emitter';
import type { AfterExit } from '../targets/afterExit';
import type { Target } from '../targets/model';
import type { TargetsController } from '../targets/targetsController';

export interface WaitOrder {
  /** When it is over: each for itself, with the first, or with the last. */
  readonly until: 'each' | 'any' | 'all';
  readonly limitMs?: number;
  /** Started when one of them has ended. */
  readonly after?: AfterExit;
}

export type WaitEnd =
  | { readonly kind: 'one'; readonly target: Target }
  | { readonly kind: 'any'; readonly target: Target; readonly others: readonly Target[] }
  | { readonly kind: 'all'; readonly targets: readonly Target[] }
  /** The time was over first: `open` still run, and are not waited for any more. */
  | { readonly kind: 'limit'; readonly open: readonly Target[]; readonly limitMs: number };

/** What waits together, as the next window must find it. */
export interface WaitGroup {
  readonly order: WaitOrder;
  readonly members: readonly Target[];
  /** When the time is over, by `Clock.elapsed`; null where there is no limit. */
  readonly deadline: number | null;
}

interface Group extends WaitGroup {
  members: readonly Target[];
  cancelTimer: () => void;
}

interface Failure {
  readonly row: ProcessRow;
  readonly error: unknown;
}

export interface Started {
  readonly held: readonly Target[];
  readonly failed: readonly Failure[];
}

/** What is waited for together, and until when. Each end is told of once, as what was asked for. */
export class Waits implements Disposable {
  private readonly groups = new Set<Group>();
  private readonly over = new Emitter<WaitEnd>();
  private readonly parts: Disposable[];

  readonly onDidEnd = this.over.event;

  constructor(
    private readonly targets: TargetsController,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {
    this.parts = [
      targets.onDidEnd((target) => this.ended(target)),
      targets.model.onDidChange((target) => target ?? this.dropUnwaited()),
      targets.onDidLetGo(() => this.dropUnwaited()),
    ];
  }

  /** Those that are not over. */
  get open(): readonly WaitGroup[] {
    return [...this.groups];
  }

  /**
   * Goes on where another session of this window stopped. Before `isKnown` settles nobody knows who of them still
   * runs, so their time is not over before that either.
   */
  resume({ order, members, deadline }: WaitGroup, isKnown: Promise<unknown>): void {
    if (members.length === 0) return;
    const group = this.add(order, members, deadline);
    void isKnown.then(() => this.startTimer(group));
  }

  /** Holds as many as can be held; says who could not. */
  async start(rows: readonly ProcessRow[], order: WaitOrder): Promise<Started> {
    const results = await Promise.all(rows.map((row) => this.hold(row, order)));
    const held = results.flatMap((result) => ('error' in result ? [] : result));
    const failed = results.flatMap((result) => ('error' in result ? result : []));
    this.group(held, order);
    return { held, failed };
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
    for (const group of this.groups) group.cancelTimer();
  }

  private async hold(row: ProcessRow, { after }: WaitOrder): Promise<Target | Failure> {
    try {
      return await this.targets.hold(row, 'waiting', after);
    } catch (error) {
      return { row, error };
    }
  }

  private group(members: readonly Target[], order: WaitOrder): void {
    const { limitMs } = order;
    if (members.length === 0 || (order.until === 'each' && limitMs === undefined)) return;
    const deadline = limitMs === undefined ? null : this.clock.elapsed() + limitMs;
    const group = this.add(order, members, deadline);
    this.startTimer(group);
    // An end may have come in between holding the first and the last.
    for (const target of members) if (target.isFinished) this.endedIn(group, target);
  }

  private add(order: WaitOrder, members: readonly Target[], deadline: number | null): Group {
    const group: Group = { order, members, deadline, cancelTimer: () => undefined };
    this.groups.add(group);
    return group;
  }

  private startTimer(group: Group): void {
    const { deadline, order } = group;
    if (deadline === null || !this.groups.has(group)) return;
    const { limitMs = 0 } = order;
    const left = Math.max(0, Math.min(limitMs, deadline - this.clock.elapsed()));
    group.cancelTimer = this.clock.after(left, () => void this.timeIsOver(group, limitMs));
  }

  private ended(target: Target): void {
    const groups = [...this.groups].filter(({ members }) => members.includes(target));
    const isTold = groups.filter((group) => this.endedIn(group, target)).length > 0;
    if (!isTold && !isOnlyShown(target)) this.over.fire({ kind: 'one', target });
  }

  /** True when the group tells of it, now or later. */
  private endedIn(group: Group, target: Target): boolean {
    if (!this.groups.has(group)) return true;
    const { members, order } = group;
    if (order.until === 'any') {
      this.close(group);
      const others = members.filter((one) => one !== target);
      void this.letGo(others);
      this.over.fire({ kind: 'any', target, others });
      return true;
    }
    const isLast = members.every(({ isFinished }) => isFinished);
    if (isLast) this.close(group);
    if (isLast) this.tellAll(group);
    return order.until === 'all';
  }

  private tellAll({ order, members }: Group): void {
    if (order.until !== 'all' || members.length === 0) return;
    this.over.fire({ kind: 'all', targets: members });
  }

  private async timeIsOver(group: Group, limitMs: number): Promise<void> {
    this.close(group);
    const open = group.members.filter(({ isFinished }) => !isFinished);
    this.over.fire({ kind: 'limit', open, limitMs });
    await this.letGo(open);
  }

  private async letGo(targets: readonly Target[]): Promise<void> {
    try {
      await Promise.all(targets.map((target) => this.targets.drop(target, 'waiting')));
    } catch (error) {
      this.log(`could not let go: ${String(error)}`); // a native host that is gone holds nothing
    }
  }

  /** Somebody took it off the list, or does not wait for it any more. */
  private dropUnwaited(): void {
    const { model } = this.targets;
    const isWaitedFor = ({ token, reasons }: Target) =>
      model.get(token) !== undefined && reasons.includes('waiting');
    for (const group of this.groups) {
      group.members = group.members.filter((one) => one.isFinished || isWaitedFor(one));
      if (!group.members.every(({ isFinished }) => isFinished)) continue;
      this.close(group);
      this.tellAll(group);
    }
  }

  private close(group: Group): void {
    group.cancelTimer();
    this.groups.delete(group);
  }
}

const isOnlyShown = ({ reasons }: Target) =>
  reasons.every((why) => why === 'pinned' || why === 'debugging');
