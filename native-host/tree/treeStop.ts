/** One stop of a whole tree, step by step: freeze, signal everybody, continue leaves first, wait for the ends. */
import { EPOLLIN } from '../kernel/constants.js';
import type { EpollLoop, Watch } from '../kernel/epollLoop.js';
import { SysError } from '../kernel/sysError.js';
import type { Ancestry } from '../process/ancestry.js';
import type { PidFd } from '../process/pidFd.js';
import type { Notifications, SignalStep, TreePhase, TreeReport } from '../protocol.js';
import { SIGKILL } from '../signals/signalTable.js';
import { Freezer } from './freezer.js';
import type { Guardian } from './guardian.js';
import type { Lineage } from './lineage.js';
import { Tree, type TreeSources } from './tree.js';
import { reportMember, type TreeMember } from './treeMember.js';

export interface TreeStopParts extends TreeSources {
  readonly loop: EpollLoop;
  readonly guardian: Guardian;
  readonly lineage: Lineage | null;
  readonly progress: (event: Omit<Notifications['tree/progress'], 'token'>) => void;
}

/** While the guardian starts, those that are there already are read: none of that is time in which they stand still. */
const headStartMs = 300;
/** A crowd ends in a burst: its count goes down on screen no faster than this. */
const countdownMs = 100;

/** Some are never to be held: each look finds one that has ended, and another that it made. */
const mostLooks = 20;

export class TreeStop {
  private readonly tree: Tree;
  private readonly freezer: Freezer;
  private readonly watches = new Map<TreeMember, Watch>();
  private readonly begunAt = performance.now();
  private phase: TreePhase = 'freezing';
  private cancelled = false;
  private isOver = false;
  private rootPid = 0;
  /** Some of it never became still. */
  private restless = false;
  private wake: (() => void) | null = null;
  /** How many members the client knows of, and since when how many are left. */
  private told = 0;
  private toldAt = 0;

  constructor(private readonly parts: TreeStopParts) {
    this.tree = new Tree(parts);
    this.freezer = new Freezer(this.tree, parts.reader, parts.guardian, () => this.tell());
  }

  /** Takes over `root`. Whatever happens, nothing that was stopped stays stopped. */
  async run(root: PidFd, steps: readonly SignalStep[]): Promise<TreeReport> {
    this.rootPid = root.pid;
    try {
      await this.tree.begin(root);
      await this.tree.addDescendants(headStartMs);
      for (const step of steps) {
        await this.take(step);
        if (!(await this.hasMore()) || this.cancelled) break; // whoever came last is at least reported
      }
      return this.report();
    } finally {
      this.release();
      await this.forgetGuarded();
      this.dispose();
    }
  }

  /** It is one of ours, or one of ours descends from it, or it from one of ours, who is about to take it in. */
  overlaps({ pid }: PidFd, ancestry: Pick<Ancestry, 'descendsFrom' | 'upFrom'>): boolean {
    if (this.isOver) return false;
    const { members } = this.tree;
    const numbers = members.length > 0 ? this.numbersHeld() : [this.rootPid];
    const above = new Set(ancestry.upFrom(pid));
    return numbers.some((number) => above.has(number) || ancestry.descendsFrom(number, pid));
  }

  private numbersHeld(): number[] {
    return this.left().flatMap(({ process }) => process.whileAlive((pid) => pid) ?? []);
  }

  /** Nobody is signalled any more; what was stopped goes on. */
  cancel(): void {
    this.release();
    this.wake?.();
  }

  /** At once, for the end of the pipe. */
  release(): void {
    this.cancelled = true;
    this.freezer.thaw();
  }

  private async take({ signal, waitMs }: SignalStep): Promise<void> {
    this.enter('freezing');
    const still = await this.freezer.freeze(() => this.cancelled);
    if (this.cancelled) return;
    this.restless ||= !still;
    for (const member of this.tree.members) this.watch(member);
    this.enter(signal === SIGKILL ? 'killing' : 'waiting');
    for (const member of this.left()) this.send(member, signal);
    this.freezer.thaw();
    await this.forgetGuarded();
    await this.endsWithin(waitMs);
  }

  /** What a handler left behind: its maker may have ended, so nothing but the news shows it. */
  private async hasMore(): Promise<boolean> {
    for (let look = 0; look < mostLooks; look++) {
      const before = this.tree.members.length;
      if (!(await this.tree.addAnnounced())) break;
      for (const member of this.tree.members) this.watch(member);
      if (this.left().length > 0) return true;
      // All had ended before this look, so whomever they made was in the news. After the first look they had not.
      if (look > 0 && this.tree.members.length === before) return false;
    }
    this.restless = true;
    return this.left().length > 0;
  }

  /** Whoever stops one of them from here on, a person for example, means it. */
  private async forgetGuarded(): Promise<void> {
    await this.parts.guardian.release().catch(() => undefined); // gone: the next one to be stopped is told
  }

  private send(member: TreeMember, signal: number): void {
    try {
      member.process.signal(signal);
      member.signal = signal;
      member.outcome = signal === SIGKILL ? 'killed' : 'ended';
    } catch (error) {
      if (SysError.is(error, 'ESRCH')) this.end(member);
      else if (SysError.is(error, 'EPERM', 'EINVAL')) member.outcome = 'denied';
      else throw error;
    }
  }

  private left(): TreeMember[] {
    return this.tree.members.filter((member) => !member.ended);
  }

  private watch(member: TreeMember): void {
    if (member.ended || this.watches.has(member)) return;
    const watch = member.process.watch(this.parts.loop, EPOLLIN, () => {
      watch.rearm(0); // a zombie would be told again and again
      this.end(member);
      if (performance.now() - this.toldAt > countdownMs) this.tell();
      if (this.mortal().length === 0) this.wake?.();
    });
    this.watches.set(member, watch);
    if (member.process.hasExited()) this.end(member);
  }

  private end(member: TreeMember): void {
    member.ended = true;
    member.endedAt ??= performance.now();
  }

  /** Those that can be expected to end. */
  private mortal(): TreeMember[] {
    return this.left().filter(({ outcome }) => outcome !== 'denied');
  }

  private async endsWithin(ms: number): Promise<void> {
    if (this.mortal().length === 0 || this.cancelled) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
  }

  private enter(phase: TreePhase): void {
    this.phase = phase;
    this.tell();
  }

  private tell(): void {
    this.toldAt = performance.now();
    const added = this.tree.members.slice(this.told).map(({ row }) => row);
    this.told += added.length;
    this.parts.progress({ phase: this.phase, added, left: this.left().length });
  }

  private report(): TreeReport {
    const members = this.tree.members.map((member) => reportMember(member, this.begunAt));
    const { lineage } = this.parts;
    return {
      members,
      mayHaveEscaped: lineage === null || lineage.mayHaveMissed || this.restless,
      cancelled: this.cancelled,
    };
  }

  private dispose(): void {
    this.isOver = true;
    for (const watch of this.watches.values()) watch[Symbol.dispose]();
    this.tree[Symbol.dispose]();
    this.parts.guardian[Symbol.dispose]();
  }
}
