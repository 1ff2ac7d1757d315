/**
 * The processes that are held, by the token that the client chose. Exit and reap are two events: EPOLLIN when the
 * process is dead, EPOLLHUP (Linux 6.9) when its parent has collected it. Below 6.9 the reap is found by signal 0 on a
 * slow timer. A token is free again, and the descriptor closed, before `reaped` is told.
 */
import { HostError, isExhaustion } from '../hostError.js';
import { EPOLLHUP, EPOLLIN } from '../kernel/constants.js';
import type { EpollLoop, Watch } from '../kernel/epollLoop.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import type { Notifications, TargetToken } from '../protocol.js';
import { lost, statusFromPidfd, statusFromZombie, type Ending } from './exitStatus.js';
import type { ExitNews } from './exitNews.js';
import type { PidFd } from './pidFd.js';

const reapPollMs = 500;

/**
 * A thread is announced as dead by the proc connector after its pidfd has told so (do_exit, kernel/exit.c: exit_notify,
 * then proc_exit_connector). Where the first thread left early, the status is that of the last, so its news is waited for.
 */
const newsMs = 50;

interface Target {
  readonly token: TargetToken;
  readonly process: PidFd;
  watch: Watch | null;
  /** performance.now(); null: alive, as far as we know. */
  exitedAt: number | null;
  /** What the zombie told, for kernels that keep nothing after the reap. */
  ending: Ending;
}

export interface TargetEvents {
  exited(event: Notifications['target/exited']): void;
  reaped(event: Notifications['target/reaped']): void;
}

export interface TargetOptions {
  readonly pollHup: boolean;
  readonly exitInfo: boolean;
  /** null where it is not needed or cannot be had. */
  readonly exitNews: ExitNews | null;
  /** How many can be held. */
  readonly capacity: number;
  readonly root: ProcRoot | null;
}

export class Targets implements Disposable {
  private readonly targets = new Map<TargetToken, Target>();
  private readonly unreaped = new Set<Target>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly loop: EpollLoop,
    private readonly events: TargetEvents,
    private readonly options: TargetOptions,
  ) {}

  get size(): number {
    return this.targets.size;
  }

  /**
   * Takes over `process`, in any case.
   * @throws HostError Invalid: the token is in use; Exhausted: no room left; SysError: no news of its exit can be had
   */
  hold(token: TargetToken, process: PidFd): void {
    try {
      const refusal = this.refusal(token);
      if (refusal) throw refusal;
      this.options.exitNews?.watch(process);
    } catch (error) {
      process[Symbol.dispose]();
      throw error;
    }
    this.targets.set(token, { token, process, watch: null, exitedAt: null, ending: lost });
  }

  /** Not released meanwhile; the token may be another one's by now. */
  holds(token: TargetToken, process: PidFd): boolean {
    return this.targets.get(token)?.process === process;
  }

  /** From here on its end is told, an end that came before included: epoll tells levels, not edges. */
  watch(token: TargetToken): void {
    const target = this.targets.get(token);
    if (!target) return;
    target.watch = target.process.watch(this.loop, EPOLLIN, (events) =>
      this.onEvents(target, events),
    );
  }

  /** Idempotent: a target may have ended in the same moment. */
  release(token: TargetToken): void {
    const target = this.targets.get(token);
    if (target) this.drop(target);
  }

  [Symbol.dispose](): void {
    for (const target of this.targets.values()) this.drop(target);
  }

  /** Some descriptors stay free, so that a full house can still be listed, signalled and released. */
  private refusal(token: TargetToken): HostError | null {
    if (this.targets.has(token)) return new HostError('Invalid', 'this token is already held');
    if (this.targets.size < this.options.capacity) return null;
    return new HostError('Exhausted', `${this.options.capacity} targets are held already`);
  }

  private onEvents(target: Target, events: number): void {
    if (target.exitedAt === null) this.onExited(target);
    if (this.options.pollHup && (events & EPOLLHUP) !== 0) this.onReaped(target);
  }

  private onExited(target: Target): void {
    target.exitedAt = performance.now();
    if (this.options.pollHup)
      target.watch?.rearm(0); // EPOLLIN would fire until the reap; EPOLLHUP comes unasked
    else this.pollForReap(target);
    const { exitInfo, root } = this.options;
    if (!exitInfo) target.ending = orUnknown(() => statusFromZombie(target.process, root)) ?? lost;
    if (target.process.isReaped()) return; // `reaped` follows at once and says it all
    const parent = orUnknown(() => this.parentOf(target.process));
    this.events.exited({ token: target.token, at: Date.now(), parent });
  }

  private onReaped(target: Target): void {
    this.unreaped.delete(target);
    const since = performance.now() - (target.exitedAt ?? 0);
    if (!this.options.exitNews || since >= newsMs) return this.tellReaped(target);
    target.watch?.[Symbol.dispose](); // EPOLLHUP would fire until then
    setTimeout(() => this.tellReaped(target), newsMs - since);
  }

  private tellReaped(target: Target): void {
    if (this.targets.get(target.token) !== target) return; // released meanwhile
    const ending = this.endingOf(target);
    this.drop(target);
    this.events.reaped({ token: target.token, at: Date.now(), ...ending });
  }

  /** Best source first. */
  private endingOf({ process, ending }: Target): Ending {
    const told = this.options.exitInfo
      ? statusFromPidfd(process)
      : this.options.exitNews?.ending(process);
    return told ?? ending;
  }

  /** Out of epoll first, then closed, then forgotten: no event of it can be dispatched afterwards. */
  private drop(target: Target): void {
    target.watch?.[Symbol.dispose]();
    this.options.exitNews?.unwatch(target.process); // it may be asked whether it was reaped until here
    target.process[Symbol.dispose]();
    this.targets.delete(target.token);
    this.unreaped.delete(target);
  }

  private pollForReap(target: Target): void {
    target.watch?.[Symbol.dispose](); // it has nothing further to tell
    this.unreaped.add(target);
    this.timer ??= setInterval(() => this.pollOnce(), reapPollMs);
  }

  private pollOnce(): void {
    for (const target of this.unreaped) {
      if (target.process.isReaped()) this.onReaped(target);
    }
    if (this.unreaped.size > 0 || !this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  /** Who must collect the zombie: read by number, believed only while the zombie is still there. */
  private parentOf(process: PidFd): { pid: number; comm: string } | null {
    const stat = this.stat(process.pid);
    const parent = stat && this.stat(stat.ppid);
    return parent && !process.isReaped() ? { pid: parent.pid, comm: parent.comm } : null;
  }

  private stat(pid: number) {
    const bytes = this.options.root?.tryRead(`${pid}/stat`);
    return bytes ? parseStat(bytes) : null;
  }
}

/** null: unknown, for want of a descriptor to read it with. That it has ended is told nevertheless. */
function orUnknown<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isExhaustion(error)) return null;
    throw error;
  }
}
