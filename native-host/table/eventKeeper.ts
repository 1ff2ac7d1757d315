/** Keeps the rows by the kernel's news, at once while it is quiet and in frames under load; see newsFollower.ts. */
import { threadTime } from '../kernel/threadTime.js';
import type { TableMode } from '../protocol.js';
import { FramePace, longestFrameMs } from './framePace.js';
import type { Keeper, KeeperParts } from './keeper.js';
import { NewsFollower } from './newsFollower.js';
import { Patrol } from './patrol.js';
import type { ProcessNews } from './processNews.js';

/** Reading everything may take at most this share of the time, where the kernel goes on dropping news. */
const rescanFactor = 5;
const retryMs = 1000;
const patrolMs = 1000;
/** Whether news still come is asked each so many patrols. */
const patrolsPerProbe = 5;

export const eventMode: TableMode = { kind: 'events' };

export class EventKeeper implements Keeper {
  readonly mode = eventMode;
  private readonly follower: NewsFollower;
  private readonly patrol: Patrol;
  /** The next frame, or while resting the next look at what nothing announces. */
  private timer: NodeJS.Timeout | null = null;
  private patrolTimer: NodeJS.Timeout | null = null;
  private patrols = 0;
  private readonly pace = new FramePace(performance.now());
  private state: 'new' | 'resting' | 'working' | 'disposed' = 'new';

  /** Takes over `news`. `onSilence`: the kernel has ceased to tell us. */
  constructor(
    private readonly parts: KeeperParts,
    private readonly news: ProcessNews,
    private readonly onSilence: () => void,
  ) {
    this.news.onNews = () => this.wake();
    this.news.pause();
    this.follower = new NewsFollower(parts);
    this.patrol = new Patrol(parts.rows, parts.reader);
  }

  async readAll(): Promise<void> {
    try {
      await this.follower.readAll(this.news.take());
    } catch (error) {
      this.news.distrust(); // what was told of is known to nobody: everything is read when that can be done again
      throw error;
    }
  }

  start(): void {
    if (this.state !== 'new') return;
    this.patrolTimer = setTimeout(() => this.walk(), patrolMs);
    this.rest();
  }

  expect(pid: number): void {
    this.follower.expect(pid);
    if (this.state === 'resting') this.rest();
  }

  [Symbol.dispose](): void {
    this.state = 'disposed';
    if (this.timer) clearTimeout(this.timer);
    if (this.patrolTimer) clearTimeout(this.patrolTimer);
    this.follower[Symbol.dispose]();
    this.news[Symbol.dispose]();
  }

  private wake(): void {
    if (this.state !== 'resting') return;
    this.state = 'working';
    this.news.pause();
    void this.frame();
  }

  private async frame(): Promise<void> {
    const [began, ran] = [performance.now(), threadTime()];
    let gapMs = retryMs;
    try {
      const effort = await this.parts.exclusive(() => this.follower.follow(this.news.take()));
      if (this.isDisposed()) return;
      const now = performance.now();
      gapMs = this.pace.after(threadTime() - ran, now, effort === 'storm');
      if (effort === 'nothing') return this.rest();
      if (effort === 'everything') gapMs = Math.max(longestFrameMs, (now - began) * rescanFactor);
    } catch (error) {
      // Out of descriptors, say: the rows stay as they are, and everything is read when that is over.
      this.parts.log(`the table cannot be read: ${String(error)}`);
      if (this.isDisposed()) return;
      this.news.distrust();
    }
    this.timer = setTimeout(() => void this.frame(), gapMs);
  }

  /** Until there is news, or time for another look. */
  private rest(): void {
    this.state = 'resting';
    if (this.timer) clearTimeout(this.timer);
    // Some came with the answer to whether news still come: nothing else would wake us for them.
    if (this.news.waits) return this.wake();
    const due = this.follower.nextDue;
    const wait = due === null ? null : Math.max(0, due - performance.now());
    this.timer = wait === null ? null : setTimeout(() => this.wake(), wait);
    this.news.resume();
  }

  private walk(): void {
    this.patrolTimer = setTimeout(() => this.walk(), patrolMs);
    try {
      this.look();
    } catch (error) {
      this.parts.log(`processes cannot be looked at: ${String(error)}`); // out of descriptors, say: the next time
    }
  }

  private look(): void {
    if (++this.patrols % patrolsPerProbe === 0 && !this.news.isAlive()) return this.onSilence();
    for (const pid of this.patrol.walk()) this.follower.expect(pid);
    this.follower.lookBack();
    if (this.state === 'resting') this.rest();
  }

  private isDisposed(): boolean {
    return this.state === 'disposed';
  }
}
