import type { ProcessRow } from '../../native-host/protocol';
import type { Hold, TargetsController } from '../../views/targets/targetsController';
import type { Disposable, Event } from '../../views/emitter';

/** When a session, by its id, begins to debug a process, and when it is over. */
export interface DebuggedEvents {
  readonly onDidFollow: Event<{ readonly id: string; readonly row: ProcessRow }>;
  readonly onDidEnd: Event<string>;
}

/** What a session debugs is in the ledger while it does; what was in it for another reason goes back to that. */
export class DebuggedTargets implements Disposable {
  private readonly holds = new Map<string, Promise<Hold | undefined>[]>();
  private readonly parts: Disposable[];

  constructor(
    events: DebuggedEvents,
    private readonly targets: Pick<TargetsController, 'holdFor'>,
    private readonly log: (line: string) => void,
  ) {
    this.parts = [
      events.onDidFollow(({ id, row }) => this.hold(id, row)),
      events.onDidEnd((id) => void this.giveBack(id)),
    ];
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private hold(id: string, row: ProcessRow): void {
    const hold = this.targets.holdFor(row, 'debugging').catch((error: unknown) => {
      this.log(`${row.key} is debugged and could not be held: ${String(error)}`);
      return undefined;
    });
    this.holds.set(id, [...(this.holds.get(id) ?? []), hold]);
  }

  private async giveBack(id: string): Promise<void> {
    const holds = this.holds.get(id) ?? [];
    this.holds.delete(id);
    for (const hold of await Promise.all(holds)) {
      await hold?.giveBack().catch((error: unknown) => this.log(`not let go: ${String(error)}`));
    }
  }
}
