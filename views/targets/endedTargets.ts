import { randomUUID } from 'node:crypto';
import type { ProcessRow, TargetToken } from '../../native-host/protocol';
import type { Clock } from '../clock';
import type { Disposable } from '../emitter';
import { fieldsOf } from '../fieldsOf';
import type { Memory } from '../memory';
import { RefreshScheduler } from '../refreshScheduler';
import type { Target, TargetsModel, TargetState, Why } from './model';
import { isRow, isWhy } from './readStored';

const memoryKey = 'targets.ended';
const writeMs = 500;
/** A ledger, and no archive. */
const most = 50;

type Ended = TargetState & { readonly kind: 'ended' };

interface StoredEnd {
  readonly row: ProcessRow;
  readonly since: number;
  readonly why: Why;
  readonly state: Ended;
  readonly sent: readonly number[];
}

/** Keeps how targets ended over a reload of the window, until somebody clears them. Nothing of it is ever opened. */
export class EndedTargets implements Disposable {
  private readonly writer: RefreshScheduler;
  private readonly listening: Disposable;

  constructor(
    private readonly model: TargetsModel,
    private readonly memory: Memory,
    clock: Clock,
  ) {
    for (const stored of read(memory.get<unknown>(memoryKey))) this.restore(stored);
    this.writer = new RefreshScheduler(clock, writeMs, () => void this.write());
    this.listening = model.onDidChange(() => this.writer.schedule());
  }

  dispose(): void {
    this.writer.dispose();
    this.listening.dispose();
  }

  private restore({ row, since, why, state, sent }: StoredEnd): void {
    const target = this.model.add(randomUUID() as TargetToken, row, since, why);
    for (const signal of sent) target.sent.add(signal);
    target.state = state;
  }

  private async write(): Promise<void> {
    const ended = this.model.all.flatMap(toStored).slice(0, most).reverse();
    await this.memory.update(memoryKey, ended.length === 0 ? undefined : ended);
  }
}

function toStored({ row, since, why, state, sent }: Target): StoredEnd[] {
  return state.kind === 'ended' ? [{ row, since, why, state, sent: [...sent] }] : [];
}

/** What another version of this extension wrote may look different: then it is left out. */
function read(stored: unknown): StoredEnd[] {
  return Array.isArray(stored) ? stored.filter(isEnd) : [];
}

function isEnd(value: unknown): value is StoredEnd {
  const { row, since, why, state, sent } = fieldsOf(value);
  const { kind, status } = fieldsOf(state);
  return (
    isRow(row) &&
    typeof since === 'number' &&
    isWhy(why) &&
    kind === 'ended' &&
    typeof status === 'object' &&
    status !== null &&
    Array.isArray(sent)
  );
}
