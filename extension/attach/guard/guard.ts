import { constants } from 'node:os';
import type { DebugConfiguration } from 'vscode';
import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import { Emitter, type Disposable } from '../../../views/emitter';
import type { HostApi } from '../../../views/hostApi';
import { exitSentence } from '../../../views/targets/exitText';
import type { Target } from '../../../views/targets/model';
import type { TargetsController } from '../../../views/targets/targetsController';
import { DebuggedTargets, type DebuggedEvents } from '../../debugging/debuggedTargets';
import { isKind } from '../../../views/errorData';
import { ProcessError } from '../../errors';
import type { Picks } from '../picks';
import {
  endedText,
  hitText,
  lateText,
  stuckText,
  typedText,
  unguardedText,
  verdictText,
} from './guardTexts';
import { Launches } from './launches';
import { letGo } from './letGo';
import { Pins } from './pins';
import { Refusal } from './refusal';
import { SessionGuard, type GuardActions, type Session } from './sessionGuard';
import { TimeSpent } from './timeSpent';
import type { Verdict } from './verdict';
import type { BridgedAt } from './watchedContact';

/** A session that can be told to end. */
export interface EndableSession extends Session {
  /** DAP's `disconnect`, without ending the process. */
  disconnect(): PromiseLike<unknown>;
  /** As the button in VS Code does. */
  stop(): PromiseLike<unknown>;
}

export interface GuardParts {
  readonly host: HostApi;
  readonly clock: Clock;
  readonly picks: Picks;
  readonly targets: TargetsController;
  readonly bridgedAt: BridgedAt;
  /** Of a type of debugger, by the user's settings. */
  readonly isWanted: (type: string) => boolean;
  /** It may have been stopped as it started: not every debugger can attach to it then. */
  readonly makeReady: (row: ProcessRow, configuration: DebugConfiguration) => Promise<void>;
  readonly describe: (error: unknown) => string;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  /** `about`: whom one would like to see then. */
  readonly say: (text: string, about?: ProcessRow) => void;
  /** Where it is worth a word and no more. */
  readonly mention: (text: string) => void;
  /** Into the debug console. */
  readonly print: (line: string) => void;
}

/** One attach, from its configuration to what came of it. */
export interface Conclusion {
  readonly session: Session;
  readonly row: ProcessRow;
  readonly verdict: Verdict;
  /** For how long hooks of ours kept VS Code waiting, in milliseconds. */
  readonly spentMs: number;
}

interface Guarded {
  readonly session: EndableSession;
  readonly row: ProcessRow;
  readonly guard: SessionGuard;
}

/** Nobody waits longer than this for a native host that does not start. */
const longestMs = 5000;

/** Sees to it that a session that attaches to a process is on the process that was meant. Knows nothing of VS Code. */
export class Guard implements Disposable {
  private readonly pins: Pins;
  private readonly launches: Launches;
  private readonly guarded = new Map<string, Guarded>();
  private readonly spent = new TimeSpent();
  private readonly followed = new Emitter<{ id: string; row: ProcessRow }>();
  private readonly over = new Emitter<string>();
  private readonly concluded = new Emitter<Conclusion>();
  private readonly parts: Disposable[];

  readonly onDidConclude = this.concluded.event;

  constructor(private readonly to: GuardParts) {
    this.pins = new Pins(to.host, to.clock, to.warn, (key) => this.isInUse(key));
    this.launches = new Launches({ ...to, pins: this.pins, log: to.log });
    const events: DebuggedEvents = {
      onDidFollow: this.followed.event,
      onDidEnd: this.over.event,
    };
    this.parts = [
      this.pins,
      new DebuggedTargets(events, to.targets, to.warn),
      this.pins.onDidEnd((target) => this.onEnd(target)),
    ];
  }

  /** Before anything in it is replaced. */
  written(configuration: DebugConfiguration): void {
    this.launches.written(configuration);
  }

  /** As the hooks of VS Code come, in this order. This one returns at once. */
  begin(configuration: DebugConfiguration): DebugConfiguration {
    if (!this.isWanted(configuration)) return configuration;
    return this.spent.during(configuration.name, () => this.launches.begin(configuration));
  }

  /** Undefined ends it before it has begun; why has been said. */
  async settle(configuration: DebugConfiguration): Promise<DebugConfiguration | undefined> {
    if (!this.isWanted(configuration)) return configuration;
    const { name } = configuration;
    try {
      const settled = await this.spent.until(name, () => this.inTime(configuration));
      return await this.makeReady(settled);
    } catch (error) {
      if (error instanceof Refusal) return this.refuse(error);
      this.unguarded(name, this.to.describe(error));
      return configuration;
    }
  }

  /** Undefined where nothing is guarded: no process of this machine is meant, or nothing can be held. */
  track(session: EndableSession): Tracker | undefined {
    const { configuration } = session;
    const row = this.rowOf(configuration);
    if (!row || !this.isWanted(configuration)) return undefined;
    this.guarded.get(session.id)?.guard.end(); // restarted
    const guard = new SessionGuard(session, row, this.to, this.actions(session, row));
    this.guarded.set(session.id, { session, row, guard });
    return {
      willReceive: (message) => this.spent.passing(row.key, () => guard.willReceive(message)),
      didSend: (message) => this.spent.passing(row.key, () => guard.didSend(message)),
    };
  }

  /** Restart ends it, too, and tracks it again. */
  ended(id: string): void {
    const guarded = this.guarded.get(id);
    if (!guarded) return;
    this.guarded.delete(id);
    guarded.guard.end();
    if (!this.isInUse(guarded.row.key)) this.note(guarded.row, undefined);
    this.over.fire(id);
    this.pins.renew(guarded.row.key);
    this.launches.release(guarded.row.key);
  }

  dispose(): void {
    for (const { guard } of this.guarded.values()) guard.end();
    for (const part of this.parts) part.dispose();
  }

  isWanted(configuration: DebugConfiguration): boolean {
    if (configuration.request !== 'attach' || configuration['pidfdGuard'] === false) return false;
    if (this.to.host.state.kind === 'unsupported') return false; // the views say so, once
    return this.to.isWanted(configuration.type);
  }

  /** A host that does not come up must not keep anybody from debugging. */
  private async inTime(configuration: DebugConfiguration): Promise<DebugConfiguration> {
    let cancel: (() => void) | undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.to.clock.after(longestMs, () => reject(new Error(lateText())));
    });
    try {
      return await Promise.race([this.launches.settle(configuration), late]);
    } finally {
      cancel?.();
    }
  }

  /** What goes wrong here leaves it as guarded as it was. @throws Refusal: it has ended */
  private async makeReady(configuration: DebugConfiguration): Promise<DebugConfiguration> {
    const row = this.rowOf(configuration);
    try {
      if (row) await this.to.makeReady(row, configuration);
    } catch (error) {
      if (row && isGone(error)) throw new Refusal(endedText(row, undefined));
      this.to.warn(`"${configuration.name}" may come too early: ${this.to.describe(error)}`);
    }
    return configuration;
  }

  private isInUse(wanted: ProcessKey): boolean {
    return [...this.guarded.values()].some(({ row: { key } }) => key === wanted);
  }

  private rowOf({ pidfdKey: key }: DebugConfiguration): ProcessRow | undefined {
    return typeof key === 'string' ? this.pins.get(key as ProcessKey)?.row : undefined;
  }

  private refuse({ message, about }: Refusal): undefined {
    this.to.warn(message);
    this.to.say(message, about);
  }

  private unguarded(name: string, reason: string): void {
    const text = unguardedText(name, reason);
    this.to.warn(text);
    this.to.mention(text);
  }

  private actions(session: EndableSession, row: ProcessRow): GuardActions {
    const leave = () => void this.attempt(() => session.stop());
    return {
      pinned: () => this.pins.get(row.key),
      objection: () => this.pins.get(row.key)?.objection,
      say: this.to.say,
      log: this.to.log,
      following: () => this.follow(session.id, row),
      concluded: (verdict) => this.conclude(session, row, verdict),
      leave,
      kill: () => void this.attempt(() => this.kill(row)),
      failed: (error) => this.unguarded(session.name, this.to.describe(error)),
    };
  }

  private async kill({ key, program }: ProcessRow): Promise<void> {
    await this.to.host.request('signal/send', { key, program, signal: constants.signals.SIGKILL });
  }

  private follow(id: string, row: ProcessRow): void {
    this.followed.fire({ id, row });
    const since = this.launches.typedSince(row.key);
    this.note(row, since === undefined ? undefined : typedText(since));
  }

  /** What was proven, of a process that was meant by nothing but a number. */
  private asSure(key: ProcessKey, what: string): string {
    const since = this.launches.typedSince(key);
    return since === undefined ? what : `${what}; ${typedText(since)}`;
  }

  private conclude(session: EndableSession, row: ProcessRow, verdict: Verdict): void {
    const spentMs = this.spent.of(row.key);
    const what = verdictText(verdict) ?? verdict.kind;
    this.to.log(`"${session.name}" on ${row.key}: ${what}; hooks took ${spentMs.toFixed(1)} ms`);
    this.note(row, this.asSure(row.key, what));
    if (verdict.kind === 'hit') void this.attempt(() => this.release(session, row, verdict));
    this.concluded.fire({ session, row, verdict, spentMs });
  }

  private async release(
    session: EndableSession,
    row: ProcessRow,
    verdict: Verdict & { kind: 'hit' },
  ): Promise<void> {
    const { impostor } = verdict;
    this.to.say(hitText(session.name, row, verdict), impostor);
    const isLeft = await letGo(this.to, impostor.key, () => session.disconnect());
    if (isLeft) await session.stop();
    else this.to.say(stuckText(session.name, impostor));
  }

  /** Its end, for whoever looks at the debug console and not at the Targets view. */
  private onEnd(target: Target): void {
    const { key } = target.row;
    const sentence = this.isInUse(key) ? exitSentence(target) : undefined;
    if (sentence !== undefined) this.to.print(sentence);
  }

  private note({ key }: ProcessRow, text: string | undefined): void {
    const { model } = this.to.targets;
    const target = model.openTarget(key);
    if (target) model.setNote(target, text);
  }

  private async attempt(action: () => PromiseLike<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.to.warn(`the guard of a debug session: ${String(error)}`);
    }
  }
}

const isGone = (error: unknown) =>
  isKind(error instanceof ProcessError ? error.cause : error, 'Gone');

export interface Tracker {
  willReceive(message: unknown): void;
  didSend(message: unknown): void;
}
