import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import type { Disposable } from '../../../views/emitter';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';
import type { Target } from '../../../views/targets/model';
import { TargetsController } from '../../../views/targets/targetsController';

/** Each is one descriptor of the native host. */
const most = 128;

/** A process that is meant by a debug session, held: so its end is known here without asking. */
export class Pin {
  /** Why the kernel would let no debugger in, in words, when it was asked last. */
  objection: string | undefined;
  /** It is in another PID namespace, and knows itself by another number. */
  isElsewhere = false;
  /** Its ports are not ours. */
  isOtherNetwork = false;

  constructor(
    /** As it was when it was meant last: a process may run another program since. */
    public row: ProcessRow,
    private readonly target: Target | undefined,
  ) {}

  /** Dead, collected or not: nobody can attach to it. */
  get hasEnded(): boolean {
    return !this.target || this.target.state.kind !== 'waiting';
  }
}

/**
 * Holds them apart from those that the Targets view shows: from before a session until its Restart, which may come
 * at any time. The last ones are kept.
 */
export class Pins implements Disposable {
  private readonly held: TargetsController;
  /** Oldest first. */
  private readonly pins = new Map<ProcessKey, Pin>();
  readonly onDidEnd: TargetsController['onDidEnd'];

  constructor(
    host: HostApi,
    clock: Clock,
    log: (line: string) => void,
    /** A session is on it now: it is kept, however old. */
    private readonly isInUse: (key: ProcessKey) => boolean,
  ) {
    this.held = new TargetsController(host, clock, log);
    this.onDidEnd = this.held.onDidEnd;
  }

  get(key: ProcessKey): Pin | undefined {
    return this.pins.get(key);
  }

  /** Also one that has ended is remembered. Throws where nothing can be held. */
  async pin(row: ProcessRow): Promise<Pin> {
    const pin = this.pins.get(row.key) ?? new Pin(row, await this.hold(row));
    pin.row = row;
    this.keep(pin);
    for (const [key] of [...this.pins]) {
      if (this.pins.size > most && !this.isInUse(key)) await this.forget(key);
    }
    return pin;
  }

  /** It is not in use any more, and may be again in a moment: VS Code restarts so. */
  renew(key: ProcessKey): void {
    const pin = this.pins.get(key);
    if (pin) this.keep(pin);
  }

  /** As the newest. */
  private keep(pin: Pin): void {
    this.pins.delete(pin.row.key);
    this.pins.set(pin.row.key, pin);
  }

  dispose(): void {
    this.held.dispose();
  }

  private async hold(row: ProcessRow): Promise<Target | undefined> {
    try {
      return await this.held.hold(row, 'pinned');
    } catch (error) {
      if (isKind(error, 'Gone')) return undefined;
      throw error;
    }
  }

  private async forget(key: ProcessKey): Promise<void> {
    this.pins.delete(key);
    const target = this.held.model.openTarget(key);
    if (target) await this.held.remove(target);
  }
}
