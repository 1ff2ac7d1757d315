import type { ProcessRow } from '../../native-host/protocol';
import type { Hold, TargetsController } from '../../views/targets/targetsController';
import type { LeftOvers } from './leftOvers';
import type { Disposable } from '../../views/emitter';

/** What a session debugs is in the ledger while it does; what was in it for another reason goes back to that. */
export class DebuggedTargets implements Disposable {
  private readonly holds = new Map<string, Promise<Hold | undefined>[]>();
  private readonly parts: Disposable[];

  constructor(
    leftOvers: Pick<LeftOvers, 'onDidFollow' | 'onDidEnd'>,
    private readonly targets: Pick<TargetsController, 'holdFor'>,
    private readonly log: (line: string) => void,
  ) {
    this.parts = [
      leftOvers.onDidFollow(({ id, row }) => this.hold(id, row)),
      leftOvers.onDidEnd((id) => void this.giveBack(id)),
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
