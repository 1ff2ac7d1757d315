import { randomUUID } from 'node:crypto';
import type { ProcessRow, TargetToken } from '../../native-host/protocol';
import type { Clock } from '../clock';
import { Emitter, type Disposable } from '../emitter';
import { isKind } from '../errorData';
import type { HostApi } from '../hostApi';
import { readAfterExit, type AfterExit } from './afterExit';
import { TargetsModel, type Target, type Why } from './model';
import type { StoredTarget } from './readStored';

export interface Hold {
  readonly target: Target;
  giveBack(): Promise<void>;
}

/** A limit of open files, say, may be far away by then. */
const retryMs = 5000;

/** Holds targets in the native host, and holds them again by key in the next one when that has died. */
export class TargetsController implements Disposable {
  readonly model = new TargetsModel();
  private readonly ended = new Emitter<Target>();
  private readonly letGo = new Emitter<Target>();
  private readonly parts: Disposable[];
  /** Asked for, not yet answered: a request that waits for the native host to start must not be made twice. */
  private readonly asked = new Set<TargetToken>();
  private cancelRetry: (() => void) | undefined;

  /** A process that was waited for has ended, or was found to have. */
  readonly onDidEnd = this.ended.event;
  /** Nobody waits for it any more, and it still runs. */
  readonly onDidLetGo = this.letGo.event;

  constructor(
    private readonly host: HostApi,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
    private readonly describe: (error: unknown) => string = String,
  ) {
    this.parts = [
      host.onNotification('target/exited', ({ token, at, parent }) =>
        this.model.exited(token, at, parent),
      ),
      host.onNotification('target/reaped', ({ token, at, status, source }) =>
        this.announce(this.model.ended(token, at, status, source)),
      ),
      host.onDidChangeState(({ kind }) => {
        if (kind === 'ready') this.holdAgain();
        else this.model.released();
      }),
    ];
  }

  /** For a while: what else it is held for, before or meanwhile, it is held for when it is given back. */
  async holdFor(row: ProcessRow, why: Why): Promise<Hold> {
    const target = await this.hold(row, why);
    return { target, giveBack: () => this.drop(target, why) };
  }

  /** One row a process: what is held already is held for one more reason from now on. */
  async hold(row: ProcessRow, why: Why = 'waiting', after?: AfterExit): Promise<Target> {
    const open = this.model.openTarget(row.key);
    if (!open) return this.holdNew(row, why, after);
    this.model.addReason(open, why);
    if (after) this.model.setAfter(open, after);
    return open;
  }

  /** What another session of this window held: by key, so it is that one or nobody. A countdown does not go on. */
  holdAgainFrom({ row, since, why, reasons = [why], after }: StoredTarget): {
    readonly target: Target;
    /** Settles when it is held, or found to have ended, or cannot be held for now. */
    readonly isTried: Promise<void>;
  } {
    const again = reasons.map((one) => (one === 'stopping' ? 'waiting' : one));
    const token = randomUUID() as TargetToken;
    const target = this.model.add(token, row, since, again, readAfterExit(after));
    return { target, isTried: this.reopen(target) };
  }

  /** Shows the target at once; throws, and takes it back, when it cannot be held. */
  private async holdNew(row: ProcessRow, why: Why, after?: AfterExit): Promise<Target> {
    const token = randomUUID() as TargetToken;
    const target = this.model.add(token, row, this.clock.now(), why, after);
    try {
      await this.request(target);
    } catch (error) {
      this.model.remove(target.token);
      throw error;
    }
    return target;
  }

  /** One reason less, or all of a kind; without any it is let go. What has ended keeps its place in the list. */
  async drop(target: Target, why: Why, which: 'all' | 'one' = 'one'): Promise<void> {
    const isHeldForIt = this.model.get(target.token)?.reasons.includes(why);
    if (target.isFinished || !isHeldForIt) return;
    if (!this.model.dropReasons(target, why, which)) return await this.remove(target);
    if (why === 'waiting' && !target.reasons.includes(why)) this.letGo.fire(target);
  }

  /** Off the list, whatever it is held for. */
  async remove(target: Target): Promise<void> {
    this.model.remove(target.token);
    if (!target.isFinished) this.letGo.fire(target);
    // A host that is down holds nothing, and must not be started to let go.
    if (target.isFinished || this.host.state.kind !== 'ready') return;
    await this.host.request('target/release', { token: target.token });
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
    this.cancelRetry?.();
  }

  private async request(target: Target): Promise<void> {
    const { token, row } = target;
    this.asked.add(token);
    const reply = await this.host
      .request('target/hold', { token, key: row.key })
      .finally(() => this.asked.delete(token));
    if (this.model.get(token)) this.model.held(token, reply.row);
    // Cancelled while the request was on its way: the release may have overtaken it.
    else await this.host.request('target/release', { token });
  }

  private holdAgain(): void {
    for (const target of this.model.all) {
      const isHeld = target.state.kind !== 'waiting' || target.state.held;
      if (!isHeld && !this.asked.has(target.token)) void this.reopen(target);
    }
  }

  private async reopen(target: Target): Promise<void> {
    try {
      await this.request(target);
    } catch (error) {
      this.log(`could not hold ${target.row.key} again: ${String(error)}`);
      if (isKind(error, 'Gone')) this.announce(this.model.lost(target.token, 'lost'));
      // Without a native host that is what the row says, and the next one is asked at once.
      else if (this.host.state.kind === 'ready') this.tryLater(target, error);
    }
  }

  private tryLater({ token }: Target, error: unknown): void {
    this.model.notHeld(token, this.describe(error));
    this.cancelRetry ??= this.clock.after(retryMs, () => {
      this.cancelRetry = undefined;
      if (this.host.state.kind === 'ready') this.holdAgain();
    });
  }

  private announce(target: Target | undefined): void {
    if (target) this.ended.fire(target);
  }
}
