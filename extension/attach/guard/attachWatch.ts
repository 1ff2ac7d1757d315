import type { AttachProof, ProcessRow, TracedProcess, Tracer } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';
import { HostClosedError } from '../../host/hostErrors';
import type { Proof } from '../debuggers/debugger';
import { ContactWatch } from './contactWatch';
import { Successor } from './successor';
import type { Verdict } from './verdict';
import type { WatchedContact } from './watchedContact';

/** What is watched: whom the debugger was told to attach to, and how it is shown that it did. */
export interface Subject {
  readonly row: ProcessRow;
  /** As the debugger was told; null where it was told a port, a socket or an address. */
  readonly pid: number | null;
  readonly proof: Proof;
  /** The debugger was told the address of its inspector, which names no other process. */
  readonly isByInspector: boolean;
  /** Where the debugger was told to connect to, if it was. */
  readonly contact: WatchedContact | undefined;
}

/** After what the debugger said last. */
const settleMs = 2000;
const paceMs = 25;
/** A debugger may ask for a password first: then there is no hurry. */
const slowPaceMs = 250;
const hurryMs = 3000;
/** Start times are told to the clock tick, and the clock may be set meanwhile. */
const slackMs = 2000;
/** So many native hosts may die during one attach. */
const mostDeaths = 3;

/**
 * Looks from outside at one attach, from when it is asked for. That the process is there *after* the debugger said that
 * it is on it proves that the number was its own all the time; who traces it, that it is this debugger.
 */
export class AttachWatch {
  private readonly asked: number;
  private readonly since: number;
  /** When the debugger said something last that brings it nearer; undefined while it has not said that it is attached. */
  private attachedAt: number | undefined;
  private told: number | undefined;
  /** Whoever traced it first since it was asked for. */
  private tracer: Tracer | null = null;
  private isOver = false;
  private deaths = 0;
  private readonly contact: ContactWatch | undefined;
  private readonly successor: Successor;

  constructor(
    private readonly host: HostApi,
    private readonly clock: Clock,
    private readonly subject: Subject,
  ) {
    this.asked = clock.elapsed();
    this.since = clock.now();
    const { row, contact } = subject;
    this.successor = new Successor(host, row, subject.pid);
    this.contact = contact && new ContactWatch({ host, clock }, row, contact);
  }

  /** The debugger says that it is attached. */
  attached(): void {
    this.attachedAt = this.clock.elapsed();
  }

  /** It said something after which it may attach only now. */
  goOn(): void {
    if (this.attachedAt !== undefined) this.attachedAt = this.clock.elapsed();
  }

  /** The debugger says which number it is on. */
  isOn(pid: number): void {
    this.told = pid;
  }

  /** Somebody has begun to trace it since it was asked for. */
  get isMet(): boolean {
    return this.tracer !== null;
  }

  /** It failed, or the session is over. */
  stop(): void {
    this.isOver = true;
  }

  /** Undefined when it was stopped before. */
  async verdict(): Promise<Verdict | undefined> {
    while (!this.isOver) {
      const verdict = await this.tryLook();
      if (this.isOver) return undefined;
      if (verdict) return verdict;
      const isHurried = this.clock.elapsed() - this.asked < hurryMs || this.attachedAt;
      await this.pause(isHurried ? paceMs : slowPaceMs);
    }
    return undefined;
  }

  /** A native host that dies is followed by another one, which is asked the same. */
  private async tryLook(): Promise<Verdict | undefined> {
    try {
      return await this.look();
    } catch (error) {
      if (!(error instanceof HostClosedError) || ++this.deaths > mostDeaths) throw error;
      return undefined;
    }
  }

  private async look(): Promise<Verdict | undefined> {
    const wasAttached = this.attachedAt !== undefined; // before the look: it counts from then on only
    const isThere = (await this.contact?.isProven()) ?? false;
    const seen = await this.ask(this.subject.row);
    const tracer = seen?.tracer && this.isNew(seen.tracer) ? seen.tracer : null;
    this.tracer ??= tracer;
    if (!wasAttached) return undefined;
    if (!seen || seen.hasExited) return await this.afterItsEnd();
    if (isThere) return { kind: 'proven', by: 'socket', tracer: null };
    return this.proven(tracer) ?? (this.isLate() ? await this.unproven() : undefined);
  }

  /** null: reaped. */
  private async ask({ key }: ProcessRow): Promise<AttachProof | null> {
    try {
      return await this.host.request('attach/proof', { key });
    } catch (error) {
      if (isKind(error, 'Gone')) return null;
      throw error;
    }
  }

  private proven(tracer: Tracer | null): Verdict | undefined {
    const { proof, isByInspector } = this.subject;
    if (isByInspector) return { kind: 'proven', by: 'inspector', tracer: null };
    // Code is put in by a debugger that is gone again before the other one says so.
    if (proof === 'injection' && this.tracer) return { kind: 'proven', by: 'injection', tracer };
    if (tracer) return { kind: 'proven', by: 'tracer', tracer };
    const isSaid = this.told !== undefined && this.told === this.subject.pid;
    const mayBeSaid = proof === 'event' || (proof === 'injection' && this.isLate());
    return isSaid && mayBeSaid ? { kind: 'proven', by: 'event', tracer: null } : undefined;
  }

  /** Either before the debugger came, who then met whoever has its number now; or after that. */
  private async afterItsEnd(): Promise<Verdict | undefined> {
    const impostor = this.contact?.impostor ?? (await this.successor.find());
    const isHit = impostor !== null && (await this.isHit(impostor));
    if (isHit) {
      return { kind: 'hit', impostor, isInjected: this.subject.proof === 'injection' };
    }
    return this.isLate() ? { kind: 'ended' } : undefined;
  }

  /**
   * A tracer can be seen: on the impostor, whoever traced the process itself before, as a debugger that is leaving may. Of
   * any other debugger it is known that it succeeded with that number, whose process is gone.
   */
  private async isHit(impostor: ProcessRow): Promise<boolean> {
    if (impostor.key === this.subject.row.key) return false; // its own zombie
    const seen = await this.ask(impostor);
    if (seen?.tracer && this.isNew(seen.tracer)) return true;
    return this.subject.proof !== 'tracer' && !this.isMet;
  }

  /** It is there and its own; so is its number. A debugger may still be elsewhere, for reasons of its own. */
  private async unproven(): Promise<Verdict> {
    const impostor = this.contact?.impostor;
    if (impostor) return { kind: 'hit', impostor, isInjected: false };
    const { key } = this.subject.row;
    const { traced } = await this.host.request('attach/traced', null);
    const isOther = ({ row, tracer }: TracedProcess) => row.key !== key && tracer.isOurs;
    const others = traced.filter(isOther);
    const hit = others.find(({ row }) => row.pid === this.told);
    return hit && this.told !== this.subject.pid
      ? { kind: 'hit', impostor: hit.row, isInjected: false }
      : { kind: 'unproven', others };
  }

  /** An adapter that was there before us may have been started by hand, but then it traced nobody yet. */
  private isNew({ row, isOurs }: Tracer): boolean {
    return isOurs || row.startedAt === null || row.startedAt >= this.since - slackMs;
  }

  private isLate(): boolean {
    return this.attachedAt !== undefined && this.clock.elapsed() - this.attachedAt >= settleMs;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }
}
