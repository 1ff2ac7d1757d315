import { HostError } from '../hostError.js';
import type { NextMode, NextPattern, Notifications, ProcessKey, TargetToken } from '../protocol.js';
import { Descent } from './descent.js';
import { Expectation } from './expectation.js';
import { Held } from './held.js';
import { Matcher } from './matcher.js';
import type { NextParts } from './nextParts.js';
import { NextWatch, type NextEvents } from './nextWatch.js';
import { Stops } from './stops.js';

/** Each may have a socket of its own, on which the kernel tells of every exec of the machine. */
const most = 16;

interface Waiting extends Disposable {
  release(key: ProcessKey): void;
}

export interface NextOrder {
  readonly pattern: NextPattern;
  readonly stop: boolean;
  /** Only its descendants, and each of them; null: the first that comes. */
  readonly under: ProcessKey | null;
}

export interface NextNotify {
  found(event: Notifications['next/found']): void;
  failed(token: TargetToken, error: HostError): void;
}

/** What is waited for, by the token that the client chose. */
export class NextWatches {
  /** null: it is about to begin. */
  private readonly byToken = new Map<TargetToken, Waiting | null>();

  constructor(
    private readonly parts: NextParts,
    private readonly notify: NextNotify,
  ) {}

  /** @throws HostError Invalid: the token is in use, or no regular expression; Gone; Exhausted */
  async watch(token: TargetToken, { pattern, stop, under }: NextOrder): Promise<NextMode> {
    const matcher = new Matcher(this.parts, pattern);
    const watch = await this.begin(token, stop, (held) => {
      const descent = under === null ? null : Descent.of(this.parts, under);
      return new NextWatch(this.parts, matcher, held, descent, this.eventsOf(token));
    });
    return watch.mode;
  }

  /** Resolves when it is guarded: it may stop itself from then on. @throws HostError Invalid, Gone, Exhausted */
  async expect(token: TargetToken, key: ProcessKey): Promise<void> {
    await this.begin(token, true, async (held) => {
      const process = this.parts.opener.byKey(key);
      await held.expect(process);
      return new Expectation(this.parts, process, held, this.eventsOf(token));
    });
  }

  /** That one goes on and is let go. Idempotent. */
  release(token: TargetToken, key: ProcessKey): void {
    this.byToken.get(token)?.release(key);
  }

  /** Waits no more; all that were found go on and are let go. Idempotent. */
  end(token: TargetToken): void {
    const waiting = this.byToken.get(token);
    this.byToken.delete(token);
    waiting?.[Symbol.dispose]();
  }

  /** For the end of the pipe: nothing that we stopped stays stopped. */
  endAll(): void {
    for (const token of [...this.byToken.keys()]) this.end(token);
  }

  private async begin<T extends Waiting>(
    token: TargetToken,
    stops: boolean,
    create: (held: Held) => T | Promise<T>,
  ): Promise<T> {
    this.reserve(token);
    let begun: Disposable | null = null;
    try {
      const held = new Held(stops ? await this.beginStops() : null);
      begun = held;
      const waiting = await create(held);
      begun = waiting;
      if (!this.byToken.has(token)) throw new HostError('Invalid', 'it was ended as it began');
      this.byToken.set(token, waiting);
      return waiting;
    } catch (error) {
      begun?.[Symbol.dispose]();
      this.byToken.delete(token);
      throw error;
    }
  }

  private reserve(token: TargetToken): void {
    if (this.byToken.has(token)) throw new HostError('Invalid', 'this token is in use');
    if (this.byToken.size >= most) throw new HostError('Exhausted', `${most} waits are under way`);
    this.byToken.set(token, null);
  }

  private beginStops(): Promise<Stops> {
    const { script, opener, log } = this.parts;
    return Stops.begin(script, opener.tier, log);
  }

  private eventsOf(token: TargetToken): NextEvents {
    return {
      found: (row, stopped) => this.notify.found({ token, row, stopped }),
      failed: (error) => {
        this.byToken.delete(token);
        this.notify.failed(token, error);
      },
    };
  }
}
