import type {
  ExitStatus,
  ProcessKey,
  ProcessRow,
  ExitSource,
  TargetToken,
  UnknownReason,
} from '../../native-host/protocol';
import { Emitter } from '../emitter';
import type { AfterExit } from './afterExit';

/** Why it is held. What is being stopped or waited for is told of when it ends; the others only show it. */
export type Why = 'waiting' | 'stopping' | 'pinned' | 'debugging';

/** Of several reasons the first of these is shown. */
const shownFirst: readonly Why[] = ['stopping', 'debugging', 'waiting', 'pinned'];

export type TargetState =
  /** `held` is false until the native host has confirmed it, and again while it restarts. */
  | {
      readonly kind: 'waiting';
      readonly held: boolean;
      /** Why the native host, which is there, does not hold it. */
      readonly trouble?: string;
    }
  /** Dead, and still a zombie: its status belongs to `parent` until that collects it. */
  | {
      readonly kind: 'exited';
      readonly at: number;
      readonly parent: { readonly pid: number; readonly comm: string } | null;
    }
  | {
      readonly kind: 'ended';
      /** null where nobody saw it. */
      readonly at: number | null;
      readonly status: ExitStatus;
      readonly source: ExitSource;
    };

/** A process that is being waited for, or was. One object for each token: rows keep their identity. */
export class Target {
  /** Signals that were sent to it from here while it was held. */
  readonly sent = new Set<number>();
  /** What else is known of it, in words, while it is held. */
  note: string | undefined;
  /** One for each that wants it held, and so some of them more than once. The last one stays to its end. */
  reasons: readonly Why[];

  constructor(
    readonly token: TargetToken,
    public row: ProcessRow,
    readonly since: number,
    public state: TargetState,
    why: Why | readonly Why[] = 'waiting',
    /** What is started when it has ended; undefined for nothing. */
    public after?: AfterExit | undefined,
  ) {
    this.reasons = [why].flat();
  }

  get why(): Why {
    return shownFirst.find((why) => this.reasons.includes(why)) ?? 'waiting';
  }

  get isFinished(): boolean {
    return this.state.kind === 'ended';
  }
}

/** What the Targets view shows, newest first. */
export class TargetsModel {
  private readonly targets = new Map<TargetToken, Target>();
  private readonly changed = new Emitter<Target | undefined>();

  /** The row that changed, or undefined when rows came or went. */
  readonly onDidChange = this.changed.event;

  get all(): readonly Target[] {
    return [...this.targets.values()].reverse();
  }

  get(token: TargetToken): Target | undefined {
    return this.targets.get(token);
  }

  add(
    token: TargetToken,
    row: ProcessRow,
    since: number,
    why: Why | readonly Why[] = 'waiting',
    after?: AfterExit,
  ): Target {
    const target = new Target(token, row, since, { kind: 'waiting', held: false }, why, after);
    this.targets.set(token, target);
    this.changed.fire(undefined);
    return target;
  }

  /** The one that is held for that process already, however it came here. */
  openTarget(key: ProcessKey): Target | undefined {
    return this.all.find((target) => target.row.key === key && !target.isFinished);
  }

  addReason(target: Target, why: Why): void {
    this.setReasons(target, [...target.reasons, why]);
  }

  /** All of a kind, or one. False when none would be left. */
  dropReasons(target: Target, why: Why, which: 'all' | 'one'): boolean {
    const at = target.reasons.indexOf(why);
    const isDropped = (one: Why, index: number) => (which === 'all' ? one === why : index === at);
    const left = target.reasons.filter((one, index) => !isDropped(one, index));
    if (left.length > 0) this.setReasons(target, left);
    return left.length > 0;
  }

  private setReasons(target: Target, reasons: readonly Why[]): void {
    target.reasons = reasons;
    this.changed.fire(target);
  }

  setNote(target: Target, note: string | undefined): void {
    if (target.note === note) return;
    target.note = note;
    this.changed.fire(target);
  }

  /** Its end may have been told before this. */
  signalled(key: ProcessKey, signal: number): void {
    for (const target of this.all.filter(({ row }) => row.key === key)) {
      target.sent.add(signal);
      this.changed.fire(target);
    }
  }

  setAfter(target: Target, after: AfterExit | undefined): void {
    target.after = after;
    this.changed.fire(target);
  }

  /** What it does now; the row changes only where that shows. */
  seen(target: Target, row: ProcessRow): void {
    if (target.state.kind !== 'waiting') return;
    const shows = target.row.state !== row.state || target.row.comm !== row.comm;
    target.row = row;
    if (shows) this.changed.fire(target);
  }

  held(token: TargetToken, row: ProcessRow): void {
    const target = this.targets.get(token);
    // Its end may have been told already.
    if (target?.state.kind !== 'waiting') return;
    target.row = row;
    this.set(target, { kind: 'waiting', held: true });
  }

  /** Nobody watches it for now. */
  notHeld(token: TargetToken, trouble: string): void {
    const target = this.targets.get(token);
    if (target?.state.kind === 'waiting')
      this.set(target, { kind: 'waiting', held: false, trouble });
  }

  exited(token: TargetToken, at: number, parent: { pid: number; comm: string } | null): void {
    const target = this.targets.get(token);
    if (target && !target.isFinished) this.set(target, { kind: 'exited', at, parent });
  }

  ended(
    token: TargetToken,
    at: number,
    status: ExitStatus,
    source: ExitSource,
  ): Target | undefined {
    const target = this.targets.get(token);
    if (!target || target.isFinished) return undefined;
    this.set(target, { kind: 'ended', at, status, source });
    return target;
  }

  /** It ended, nobody knows when or how. */
  lost(token: TargetToken, reason: UnknownReason): Target | undefined {
    const target = this.targets.get(token);
    if (!target || target.isFinished) return undefined;
    const status: ExitStatus = { kind: 'unknown', reason };
    this.set(target, { kind: 'ended', at: null, status, source: 'none' });
    return target;
  }

  remove(token: TargetToken): void {
    if (this.targets.delete(token)) this.changed.fire(undefined);
  }

  clearFinished(): void {
    const finished = this.all.filter((target) => target.isFinished);
    for (const { token } of finished) this.targets.delete(token);
    if (finished.length > 0) this.changed.fire(undefined);
  }

  /** The native host is gone, and its pidfds with it. */
  released(): readonly Target[] {
    const open = this.all.filter((target) => !target.isFinished);
    for (const target of open) this.set(target, { kind: 'waiting', held: false });
    return open;
  }

  private set(target: Target, state: TargetState): void {
    target.state = state;
    this.changed.fire(target);
  }
}
