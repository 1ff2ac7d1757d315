import type { DebugConfiguration } from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import type { HostApi } from '../../../views/hostApi';
import { bridgedTexts } from '../bridged/bridgedTexts';
import { debuggerOf } from '../debuggers';
import { attachNumber, numberElsewhere } from './attachNumber';
import { AttachWatch, type Subject } from './attachWatch';
import {
  attachRequest,
  becomeLeave,
  hasSucceeded,
  isAnswerTo,
  isConfigurationDone,
  makeFailure,
  neutralise,
  numberTold,
  spareDebuggee,
  type AttachRequest,
} from './dapMessages';
import { endedText } from './guardTexts';
import type { Pin } from './pins';
import type { Verdict } from './verdict';
import { isWayLost, watchedContact, type BridgedAt } from './watchedContact';

/** What a debug session is to its guard. */
export interface Session {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly configuration: DebugConfiguration;
}

/** What a guard does to the world. */
export interface GuardActions {
  /** Undefined while it is not known whether it can be held. */
  pinned(): Pin | undefined;
  /** The kernel's reason why nobody can attach, in words; undefined where it has none. */
  objection(): string | undefined;
  say(text: string): void;
  log(line: string): void;
  /** The session is on its process, as the debugger says. */
  following(row: ProcessRow): void;
  concluded(verdict: Verdict): void;
  /** Ends the process, and nobody who has its number elsewhere. */
  kill(): void;
  /** Ends the session without ending the process. */
  leave(): void;
  failed(error: unknown): void;
}

/** Follows one debug session by its messages, as VS Code's tracker shows them: each call returns at once. */
export class SessionGuard {
  private request: AttachRequest | undefined;
  private watch: AttachWatch | undefined;
  /** What was refused, in words. */
  private refusal: string | undefined;
  /** Nothing was seen where it was looked for: it may still come, when all is set. */
  private isUnproven = false;
  private isLeaving = false;

  constructor(
    private readonly session: Session,
    private readonly row: ProcessRow,
    private readonly parts: {
      readonly host: HostApi;
      readonly clock: Clock;
      readonly bridgedAt: BridgedAt;
    },
    private readonly actions: GuardActions,
  ) {}

  /** VS Code is about to send this to the debugger. */
  willReceive(message: unknown): void {
    const request = attachRequest(message);
    if (request) this.onRequest(request, message);
    else if (isConfigurationDone(message)) this.onAllSet(message);
    else this.onEnding(message);
  }

  /** Some attach only now, by the number that they were told before, which may be another's since. */
  private onAllSet(message: unknown): void {
    const isTooLate = this.watch && !this.watch.isMet && this.actions.pinned()?.hasEnded;
    if (!isTooLate) return this.goOn();
    becomeLeave(message);
    this.isLeaving = true;
  }

  private goOn(): void {
    if (!this.isUnproven) return this.watch?.goOn();
    this.begin();
    this.watch?.attached();
  }

  /** Whoever has that number here is not meant: it is ended by its key instead. */
  private onEnding(message: unknown): void {
    const { type, configuration } = this.session;
    const pin = this.actions.pinned();
    const isOthers = pin && (pin.hasEnded || pin.isElsewhere);
    if (!isOthers || !debuggerOf(type, configuration)?.endsByNumber) return;
    if (spareDebuggee(message) && !pin.hasEnded) this.actions.kill();
  }

  /** The debugger has sent this, and VS Code is about to get it. */
  didSend(message: unknown): void {
    if (this.request && isAnswerTo(this.request, message)) this.onAnswer(message);
    else if (isConfigurationDone(message)) this.goOn();
    else this.noteNumber(numberTold(message));
  }

  private noteNumber(told: number | undefined): void {
    if (told !== undefined) this.watch?.isOn(told);
  }

  end(): void {
    this.watch?.stop();
  }

  private onRequest(request: AttachRequest, message: unknown): void {
    this.watch?.stop();
    this.watch = undefined;
    this.refusal = undefined;
    this.isLeaving = false;
    this.request = request;
    const pin = this.actions.pinned();
    if (pin?.hasEnded) this.refuse(message, endedText(this.row, undefined));
    else if (pin && this.isWayLost(pin)) this.refuse(message, bridgedTexts.lost(this.row));
    else this.begin();
  }

  /** Its number may be another's by now, and nothing that takes time can be asked here. */
  private refuse(message: unknown, text: string): void {
    neutralise(message, attachNumber(this.session.configuration)?.attribute);
    this.refusal = text;
    this.actions.say(text);
  }

  private isWayLost(pin: Pin): boolean {
    return isWayLost(this.session.configuration, pin, this.parts.bridgedAt);
  }

  private begin(): void {
    const watch = new AttachWatch(this.parts.host, this.parts.clock, this.subject());
    this.watch = watch;
    this.isUnproven = false;
    watch.verdict().then(
      (verdict) => verdict && this.conclude(verdict),
      (error: unknown) => this.actions.failed(error),
    );
  }

  private conclude(verdict: Verdict): void {
    this.isUnproven = verdict.kind === 'unproven';
    this.actions.concluded(verdict);
    if (verdict.kind !== 'ended') return;
    if (this.isLeaving) this.actions.say(endedText(this.row, undefined));
    if (this.isLeaving || this.isFar) this.actions.leave();
  }

  /** With the process the only way to see who has its port in its network is gone, so nobody stays there. */
  private get isFar(): boolean {
    const contact = this.contact();
    return contact !== undefined && 'far' in contact;
  }

  private contact() {
    return watchedContact(this.session.configuration, this.row, this.parts.bridgedAt);
  }

  private subject(): Subject {
    const { configuration } = this.session;
    return {
      row: this.row,
      pid: attachNumber(configuration)?.pid ?? numberElsewhere(configuration) ?? null,
      proof: debuggerOf(configuration.type, configuration)?.proof ?? 'event',
      contact: this.contact(),
      isByInspector: typeof configuration['websocketAddress'] === 'string',
    };
  }

  private onAnswer(message: unknown): void {
    if (this.refusal !== undefined) {
      // VS Code takes a session whose restart failed for ended, and forgets to end its debugger.
      if (this.request?.kind === 'attach') makeFailure(message, this.refusal);
      else this.actions.leave();
    } else if (hasSucceeded(message)) {
      this.watch?.attached();
      this.actions.following(this.row);
    } else {
      this.end();
      this.explain(message);
    }
  }

  /** In place of the debugger's own words, where the kernel's are known. */
  private explain(message: unknown): void {
    const isGone = this.actions.pinned()?.hasEnded === true;
    const text = isGone ? endedText(this.row, undefined) : this.actions.objection();
    if (text === undefined) return;
    this.actions.log(`"${this.session.name}" failed to attach: ${JSON.stringify(message)}`);
    makeFailure(message, text);
    this.actions.say(text);
  }
}
