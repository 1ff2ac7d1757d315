/**
 * Waits for processes that do not exist yet: the first that begins to run what is named, or each new descendant of one
 * process that does. Whom it finds it holds from then on.
 */
import { HostError, toHostError } from '../hostError.js';
import { SysError } from '../kernel/sysError.js';
import type { PidFd } from '../process/pidFd.js';
import type { NextMode, ProcessKey, ProcessRow } from '../protocol.js';
import type { Descent } from './descent.js';
import { ExecNews } from './execNews.js';
import { ExecPolling } from './execPolling.js';
import type { ExecListener, ExecSource } from './execSource.js';
import type { Held } from './held.js';
import type { Matcher } from './matcher.js';
import type { NextParts } from './nextParts.js';

/** Found and not let go yet. */
const mostHeld = 64;
/** Each takes up to a quarter of a second. */
const mostTries = 20;

export interface NextEvents {
  found(row: ProcessRow, stopped: boolean): void;
  /** It waits no more, and holds nobody. */
  failed(error: HostError): void;
}

export class NextWatch implements Disposable {
  private source: ExecSource | null = null;
  private disposed = false;
  /** Who began while the first that matched was being read: that one may have ended by then, and be nobody. */
  private meanwhile: Set<number> | null = null;
  /** News was dropped in that time. */
  private hasLost = false;
  /** Those that were there before: looked at again only where news was dropped. */
  private readonly before: ReadonlyMap<number, string>;
  private readonly isOwnHelper: (pid: number) => boolean;

  /** Takes over `held` and `descent`; without the latter the first one that matches is all. */
  constructor(
    private readonly parts: NextParts,
    private readonly matcher: Matcher,
    private readonly held: Held,
    private readonly descent: Descent | null,
    private readonly events: NextEvents,
  ) {
    try {
      this.isOwnHelper = parts.ancestry.ownHelpers();
      this.source = this.listen();
      this.before = parts.reader.startTicks();
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  get mode(): NextMode {
    return this.source?.mode ?? { kind: 'events' };
  }

  release(key: ProcessKey): void {
    this.held.release(key);
  }

  [Symbol.dispose](): void {
    this.disposed = true;
    this.stopListening();
    this.descent?.[Symbol.dispose]();
    this.held[Symbol.dispose]();
  }

  private listen(): ExecSource {
    const { parts } = this;
    const listener: ExecListener = {
      exec: (pid) => void this.consider(pid),
      forked: (pid) => this.descent && void this.consider(pid),
      lost: () => this.lookAtAll(),
    };
    try {
      if (parts.connector) return new ExecNews(parts.loop, listener, this.descent !== null);
    } catch (error) {
      if (!(error instanceof SysError)) throw error; // had at the start, and not any more: seccomp, or no memory
    }
    return new ExecPolling(parts.root, listener, parts.log);
  }

  private stopListening(): void {
    this.source?.[Symbol.dispose]();
    this.source = null;
  }

  private async consider(pid: number): Promise<void> {
    try {
      await this.look(pid);
    } catch (error) {
      // Whoever is being read is found, and no trouble with another lets go of him.
      if (this.meanwhile) this.meanwhile.add(pid);
      else if (this.source) this.fail(toHostError(error, { pid })); // else another one was found already
    }
  }

  private fail(error: HostError): void {
    if (this.disposed) return;
    this[Symbol.dispose]();
    this.events.failed(error);
  }

  private async look(pid: number): Promise<void> {
    const process = this.parts.opener.tryNumber(pid);
    if (!process) return;
    let taken = false;
    try {
      // No await where the names decide: until it is stopped, each microsecond is one that it runs on.
      const matches = this.matcher.byNames(process) ?? (await this.matchesByArguments(process));
      taken = matches && this.accepts(process);
      if (taken) await this.take(process);
    } finally {
      if (!taken) process[Symbol.dispose]();
    }
  }

  /** They are asked for again: a machine that is busy, or a mount that does not answer for a while, hides nobody. */
  private async matchesByArguments(process: PidFd): Promise<boolean> {
    for (let left = mostTries; left > 0 && this.source && !process.isReaped(); left--) {
      const matches = await this.matcher.byArguments(process);
      if (matches !== null) return matches;
    }
    return false;
  }

  private accepts(process: PidFd): boolean {
    if (this.meanwhile) {
      this.meanwhile.add(process.pid);
      return false;
    }
    if (this.source === null || this.held.has(process.key) || process.isReaped()) return false;
    if (this.isOwnHelper(process.pid)) return false;
    if (this.descent?.has(process) === false) return false;
    if (this.held.size < mostHeld) return true;
    throw new HostError('Exhausted', `${mostHeld} processes are held already`);
  }

  private async take(process: PidFd): Promise<void> {
    const stopped = this.held.take(process);
    if (!this.descent) this.meanwhile = new Set();
    const row = await this.read(process);
    if (this.disposed) return; // and it was let go
    if (!row) return this.goOn(process);
    if (!this.descent) this.stopListening();
    this.events.found(row, stopped);
  }

  /** It has ended: the next one, then, who may be there already. */
  private goOn({ key }: PidFd): void {
    this.held.release(key);
    const meanwhile = this.meanwhile ?? [];
    this.meanwhile = null;
    for (const pid of meanwhile) void this.consider(pid);
    if (this.hasLost) this.lookAtAll();
  }

  /** One that was taken and cannot be shown would stay held, and maybe stopped, with nobody knowing of it. */
  private async read(process: PidFd): Promise<ProcessRow | null> {
    try {
      return await this.parts.rows.readOpened(process);
    } catch (error) {
      this.fail(toHostError(error, { pid: process.pid }));
      return null;
    }
  }

  /** Who came since the beginning; one that was there and has executed since is missed. */
  private lookAtAll(): void {
    this.hasLost = this.meanwhile !== null;
    if (this.hasLost) return; // when it is known whether he who is being read is the one
    try {
      for (const [pid, startTicks] of this.parts.reader.startTicks()) {
        if (this.before.get(pid) !== startTicks) void this.consider(pid);
      }
    } catch (error) {
      this.fail(toHostError(error)); // whoever came meanwhile would be missed for good
    }
  }
}
