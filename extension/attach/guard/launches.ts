import type { DebugConfiguration } from 'vscode';
import type { AttachPreflight, ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';
import { bridgedTexts } from '../bridged/bridgedTexts';
import { debuggerOf } from '../debuggers';
import { preflightText } from '../preflightText';
import type { Picks } from '../picks';
import { attachNumber, inItsForm, numberElsewhere } from './attachNumber';
import { certainRefusal, isCertain } from './certainRefusal';
import {
  endedText,
  goneText,
  insideText,
  noneText,
  otherNumberText,
  programText,
} from './guardTexts';
import { Refusal } from './refusal';
import type { Pin, Pins } from './pins';
import { isWayLost, type BridgedAt } from './watchedContact';

const leaveMs = 1000;
const paceMs = 50;

export interface LaunchParts {
  readonly host: HostApi;
  readonly clock: Clock;
  readonly picks: Picks;
  readonly pins: Pins;
  readonly bridgedAt: BridgedAt;
  readonly log: (line: string) => void;
}

/**
 * What happens to an attach configuration before its session: whom its number means is settled as soon as it is known,
 * and checked again when all tasks have run that come before.
 */
export class Launches {
  /** Numbers that stand in the configuration itself, being looked up. */
  private readonly typing = new Map<number, Promise<void>>();
  /** Since when those are known that were meant by nothing but a number. */
  private readonly typed = new Map<ProcessKey, number>();

  constructor(private readonly parts: LaunchParts) {}

  /** As it stands in launch.json: a number there was typed, and is none that was given for a debugger elsewhere. */
  written(configuration: DebugConfiguration): void {
    const number = attachNumber(configuration)?.pid ?? numberElsewhere(configuration);
    if (number !== undefined) this.parts.picks.inside.take(number);
  }

  /** Before variables are replaced and tasks run. Nothing is waited for. */
  begin(configuration: DebugConfiguration): DebugConfiguration {
    const { picks } = this.parts;
    const number = attachNumber(configuration);
    const isKnown = typeof configuration['pidfdKey'] === 'string' || !number;
    if (!isKnown && !picks.of(number.pid) && !picks.inside.has(number.pid)) {
      this.noteTyped(number.pid);
    }
    return inItsForm(configuration);
  }

  /**
   * All is known now, and the debugger comes next. Gives the configuration with the key of the process that it means.
   * @throws Refusal, with whom and why, where it must not go on; what `HostApi` throws where nothing can be checked
   */
  async settle(configuration: DebugConfiguration): Promise<DebugConfiguration> {
    const row = await this.meant(configuration);
    if (!row) return inItsForm(configuration);
    if (this.isKnownToHaveEnded(row)) await this.refuseEnded(row);
    const looking = this.onceLeft(row, configuration);
    looking.catch(() => undefined); // told below
    const pin = await this.parts.pins.pin(row);
    await this.check(pin, configuration, await looking);
    return { ...inItsForm(configuration), pidfdKey: row.key };
  }

  /** Without asking anybody: also where there is nobody to ask any more. */
  private isKnownToHaveEnded(row: ProcessRow): boolean {
    const { picks, pins } = this.parts;
    return picks.hasEnded(row) || pins.get(row.key)?.hasEnded === true;
  }

  /** Since when it is known, where it was meant by a number alone. */
  typedSince(key: ProcessKey): number | undefined {
    return this.typed.get(key);
  }

  /** Nobody means it any more. */
  release(key: ProcessKey): void {
    this.typed.delete(key);
    this.parts.picks.release(key);
  }

  /** Of several sources the surest. Undefined: no process of this machine is meant by a number or a key. */
  private async meant(configuration: DebugConfiguration): Promise<ProcessRow | undefined> {
    const key: unknown = configuration['pidfdKey'];
    const number = attachNumber(configuration);
    if (typeof key === 'string') return await this.byKey(key, configuration);
    const inside = this.inside(configuration);
    if (inside || !number) return inside;
    await this.typing.get(number.pid);
    const row = this.parts.picks.of(number.pid) ?? (await this.byNumber(number.pid));
    // Of a debugger that we do not know, the number may be of another machine.
    if (!row && isOutHere(configuration)) throw new Refusal(noneText(number.pid));
    return row;
  }

  /** Picked by its number in its own PID namespace. @throws Refusal, where the debugger is not in there */
  private inside(configuration: DebugConfiguration): ProcessRow | undefined {
    const number = attachNumber(configuration)?.pid ?? numberElsewhere(configuration);
    const row = number === undefined ? undefined : this.parts.picks.inside.take(number);
    if (!row || number === undefined || !isOutHere(configuration) || number === row.pid) return row;
    throw new Refusal(insideText(row, number), row);
  }

  private async byKey(key: string, configuration: DebugConfiguration): Promise<ProcessRow> {
    const row = this.known(key as ProcessKey) ?? (await this.open(key));
    const pid = attachNumber(configuration)?.pid ?? numberElsewhere(configuration);
    if (pid === undefined || pid === row.pid) return row;
    const isItsOwn = (await this.numbers(row)).includes(pid);
    if (isItsOwn && isOutHere(configuration)) throw new Refusal(insideText(row, pid), row);
    if (!isItsOwn) throw new Refusal(otherNumberText(row, pid));
    return row;
  }

  /** A pick may be newer than what was debugged before. */
  private known(key: ProcessKey): ProcessRow | undefined {
    const pinned = this.parts.pins.get(key)?.row;
    const picked = pinned && this.parts.picks.of(pinned.pid);
    return picked?.key === key ? picked : pinned;
  }

  private async open(key: string): Promise<ProcessRow> {
    try {
      return await this.parts.host.request('processes/open', { key });
    } catch (error) {
      throw isKind(error, 'Gone') ? new Refusal(goneText(key)) : error;
    }
  }

  /** In all its PID namespaces: a debugger inside a container is told the one that holds there. */
  private async numbers({ key }: ProcessRow): Promise<readonly number[]> {
    const { numbers } = await this.parts.host.request('translate/numbers', { key });
    return numbers.map(({ nsPid }) => nsPid);
  }

  /** From here on the number means this process, and whoever gets it next is not meant. */
  private async byNumber(pid: number): Promise<ProcessRow | undefined> {
    const row = await this.find(pid);
    if (!row) return undefined;
    this.parts.picks.add(row);
    this.typed.set(row.key, this.parts.clock.now());
    return row;
  }

  private async find(pid: number): Promise<ProcessRow | undefined> {
    try {
      return await this.parts.host.request('processes/find', { pid });
    } catch (error) {
      if (isKind(error, 'Gone')) return undefined;
      throw error;
    }
  }

  /** What goes wrong with it is told when it is needed. */
  private noteTyped(pid: number): void {
    const noted = this.byNumber(pid).then(
      () => undefined,
      (error: unknown) => this.parts.log(`who has the number ${pid}: ${String(error)}`),
    );
    this.typing.set(pid, noted);
    void noted.then(() => this.typing.get(pid) === noted && this.typing.delete(pid));
  }

  private async check(
    pin: Pin,
    configuration: DebugConfiguration,
    preflight: AttachPreflight | null,
  ): Promise<void> {
    const { row } = pin;
    const hasEnded = preflight?.reasons.some(({ kind }) => kind === 'ended') ?? true;
    if (!preflight || hasEnded || pin.hasEnded) return await this.refuseEnded(row);
    if (preflight.row.program !== row.program) {
      this.release(row.key); // said once: whoever means that program starts again
      throw new Refusal(programText(row, preflight.row), preflight.row);
    }
    pin.isOtherNetwork = preflight.facts.shares.net === false;
    if (isWayLost(configuration, pin, this.parts.bridgedAt)) {
      throw new Refusal(bridgedTexts.lost(row));
    }
    const refusal = certainRefusal(preflight, configuration);
    if (refusal) throw refusal;
    const isAnswered = !numberElsewhere(configuration) || isCertain(preflight); // for who asks from here
    pin.objection = isAnswered ? preflightText(preflight)?.text : undefined;
    pin.isElsewhere = preflight.facts.shares.pid === false;
  }

  /** After Restart the debugger of before may be about to leave. null: reaped. */
  private async onceLeft(
    row: ProcessRow,
    configuration: DebugConfiguration,
  ): Promise<AttachPreflight | null> {
    const { clock } = this.parts;
    for (const end = clock.elapsed() + leaveMs; ;) {
      const seen = await this.preflight(row, configuration);
      const isOurs = seen?.reasons.some((one) => one.kind === 'traced' && one.tracer?.isOurs);
      if (!seen || !isOurs || !certainRefusal(seen, configuration)) return seen;
      if (clock.elapsed() >= end) return seen;
      await new Promise<void>((resolve) => void clock.after(paceMs, resolve));
    }
  }

  /** null: reaped. */
  private async preflight(
    { key }: ProcessRow,
    configuration: DebugConfiguration,
  ): Promise<AttachPreflight | null> {
    const gdb = debuggerOf(configuration.type, configuration)?.proof === 'injection';
    try {
      return await this.parts.host.request('attach/preflight', { key, gdb });
    } catch (error) {
      if (isKind(error, 'Gone')) return null;
      throw error;
    }
  }

  /** Once: whoever means the successor starts again. */
  private async refuseEnded(row: ProcessRow): Promise<never> {
    this.release(row.key);
    const now = await this.ownerNow(row.pid);
    const impostor = now?.key === row.key ? undefined : now;
    throw new Refusal(endedText(row, impostor), impostor);
  }

  /** Undefined also where nobody answers: it is refused all the same. */
  private async ownerNow(pid: number): Promise<ProcessRow | undefined> {
    const { host, clock } = this.parts;
    let cancel: (() => void) | undefined;
    const late = new Promise<undefined>((resolve) => {
      cancel = clock.after(leaveMs, () => resolve(undefined));
    });
    const asked = host.request('processes/find', { pid }).catch(() => undefined);
    return await Promise.race([asked, late]).finally(() => cancel?.());
  }
}

/** Numbers of a debugger that we know, and that VS Code starts here, are ours. Of others we cannot say where they run. */
const isOutHere = (configuration: DebugConfiguration) =>
  debuggerOf(configuration.type, configuration) !== undefined &&
  configuration['debugServer'] === undefined &&
  attachNumber(configuration) !== undefined;
