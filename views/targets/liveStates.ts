import type { Clock } from '../clock';
import type { Disposable } from '../emitter';
import { isKind } from '../errorData';
import type { HostApi } from '../hostApi';
import type { Target, TargetsModel } from './model';

const everyMs = 2000;
/** The newest are at the top, where they can be seen. */
const most = 64;

/** Asks what the targets do just now, while somebody looks. A hidden list costs nothing. */
export class LiveStates implements Disposable {
  private cancel: (() => void) | undefined;

  constructor(
    private readonly host: HostApi,
    private readonly model: TargetsModel,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  setVisible(visible: boolean): void {
    if (visible && !this.cancel) this.plan();
    if (!visible) this.dispose();
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private plan(): void {
    this.cancel = this.clock.after(everyMs, () => {
      this.plan();
      for (const target of this.model.all.filter(isHeld).slice(0, most)) void this.ask(target);
    });
  }

  private async ask(target: Target): Promise<void> {
    if (this.host.state.kind !== 'ready') return;
    try {
      const row = await this.host.request('processes/open', { key: target.row.key });
      this.model.seen(target, row);
    } catch (error) {
      // Its end is told by the one who holds it.
      if (!isKind(error, 'Gone')) this.log(`state of ${target.row.key}: ${String(error)}`);
    }
  }
}

function isHeld({ state }: Target): boolean {
  return state.kind === 'waiting' && state.held;
}
