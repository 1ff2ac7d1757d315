import type { HostError } from '../hostError.js';
import type { NextMode, NextPattern, Notifications, ProcessKey, TargetToken } from '../protocol.js';
import { Descent } from './descent.js';
import { Expectation } from './expectation.js';
import { Held } from './held.js';
import { Matcher } from './matcher.js';
import type { NextParts } from './nextParts.js';
import { NextWatch, type NextEvents } from './nextWatch.js';
import { TokenSlots, type TokenSlot } from '../tokenSlots.js';
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
  private readonly slots = new TokenSlots<Waiting>(most, `${most} waits are under way`);

  constructor(
    private readonly parts: NextParts,
    private readonly notify: NextNotify,
  ) {}

  /** @throws HostError Invalid: the token is in use, or no regular expression; Gone; Exhausted */
  async watch(token: TargetToken, { pattern, stop, under }: NextOrder): Promise<NextMode> {
    const matcher = new Matcher(this.parts, pattern);
    const watch = await this.begin(token, stop, (held, events) => {
      const descent = under === null ? null : Descent.of(this.parts, under);
      return new NextWatch(this.parts, matcher, held, descent, events);
    });
    return watch.mode;
  }

  /** Resolves when it is guarded: it may stop itself from then on. @throws HostError Invalid, Gone, Exhausted */
  async expect(token: TargetToken, key: ProcessKey): Promise<void> {
    await this.begin(token, true, async (held, events) => {
      const process = this.parts.opener.byKey(key);
      await held.expect(process);
      return new Expectation(this.parts, process, held, events);
    });
  }

  /** That one goes on and is let go. Idempotent. */
  release(token: TargetToken, key: ProcessKey): void {
    this.slots.get(token)?.release(key);
  }

  /** Waits no more; all that were found go on and are let go. Idempotent. */
  end(token: TargetToken): void {
    this.slots.take(token)?.[Symbol.dispose]();
  }

  /** For the end of the pipe: nothing that we stopped stays stopped. */
  endAll(): void {
    for (const token of this.slots.tokens) this.end(token);
  }

  private async begin<T extends Waiting>(
    token: TargetToken,
    stops: boolean,
    create: (held: Held, events: NextEvents) => T | Promise<T>,
  ): Promise<T> {
    const slot = this.slots.reserve(token);
    let begun: Disposable | null = null;
    try {
      const held = new Held(stops ? await this.beginStops() : null);
      begun = held;
      const waiting = await create(held, this.eventsOf(token, slot));
      begun = waiting;
      this.slots.fill(token, slot, waiting);
      return waiting;
    } catch (error) {
      begun?.[Symbol.dispose]();
      this.slots.free(token, slot);
      throw error;
    }
  }

  private beginStops(): Promise<Stops> {
    const { script, opener, log } = this.parts;
    return Stops.begin(script, opener.tier, log);
  }

  private eventsOf(token: TargetToken, slot: TokenSlot<Waiting>): NextEvents {
    return {
      found: (row, stopped) => this.notify.found({ token, row, stopped }),
      failed: (error) => {
        this.slots.free(token, slot);
        this.notify.failed(token, error);
      },
    };
  }
}
