import { protocolVersion, type InitializeResult } from '../../native-host/protocol';
import type { Clock } from '../clock';
import type { Disposable } from '../emitter';
import type { HostApi } from '../hostApi';
import type { Memory } from '../memory';
import { isSamePlace, placeOf, type Place } from '../place';
import { RefreshScheduler } from '../refreshScheduler';
import { readGroup, storeGroup } from '../waits/storedGroup';
import type { Waits } from '../waits/waits';
import type { Target } from './model';
import { readStored, type Stored, type StoredTarget } from './readStored';
import type { TargetsController } from './targetsController';

const memoryKey = 'targets.open';
const writeMs = 500;

/** Keeps the open targets over a reload of the window. They come back by key, or as what they are: ended or foreign. */
export class StoredTargets implements Disposable {
  /** Read from storage and not yet held again: kept there until it is. */
  private pending: Stored | undefined;
  private place: Place | undefined;
  private readonly writer: RefreshScheduler;
  private readonly parts: Disposable[];

  constructor(
    private readonly host: HostApi,
    private readonly targets: TargetsController,
    private readonly waits: Waits,
    private readonly memory: Memory,
    clock: Clock,
    private readonly log: (line: string) => void,
    /** So many belonged to another boot or container, and are dropped. */
    private readonly onForeign: (count: number) => void,
  ) {
    this.pending = readStored(memory.get<unknown>(memoryKey), log);
    this.writer = new RefreshScheduler(clock, writeMs, () => void this.write());
    this.parts = [
      this.writer,
      targets.model.onDidChange(() => this.writer.schedule()),
      host.onDidChangeState((state) => state.kind === 'ready' && this.restore(state.hello)),
    ];
  }

  /** Starts the native host when something is stored, and only then. */
  async start(): Promise<void> {
    if (!this.pending) return;
    try {
      this.restore(await this.host.request('initialize', { protocolVersion }));
    } catch (error) {
      // Tried again when a native host is there; until then it stays stored.
      this.log(`targets of before could not be held again yet: ${String(error)}`);
    }
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private restore(hello: InitializeResult): void {
    this.place = placeOf(hello);
    const { pending } = this;
    if (!pending) return;
    this.pending = undefined;
    if (isSamePlace(pending.place, this.place)) {
      this.holdAgain(pending);
    } else {
      this.onForeign(pending.targets.length);
      this.writer.schedule();
    }
  }

  private holdAgain({ targets, groups }: Stored): void {
    const again = new Map<string, Target>();
    const tried = targets.map((stored) => {
      const { target, isTried } = this.targets.holdAgainFrom(stored);
      if (stored.token !== undefined) again.set(stored.token, target);
      return isTried;
    });
    for (const stored of groups) {
      const group = readGroup(stored, again);
      if (group) this.waits.resume(group, Promise.all(tried));
    }
  }

  private async write(): Promise<void> {
    if (this.pending || !this.place) return; // nothing is held yet, and what is stored still counts
    const targets = this.targets.model.all.flatMap(outlivesWindow).reverse();
    const groups = this.waits.open.map(storeGroup);
    const stored: Stored = { place: this.place, targets, groups };
    await this.memory.update(memoryKey, targets.length === 0 ? undefined : stored);
  }
}

/** A debug session ends with its window, and so does its reason to hold anything. */
function outlivesWindow({
  isFinished,
  token,
  row,
  since,
  after,
  ...target
}: Target): StoredTarget[] {
  const reasons = target.reasons.filter((why) => why !== 'debugging');
  const [why] = reasons;
  return isFinished || !why ? [] : [{ token, row, since, why, reasons, after }];
}
