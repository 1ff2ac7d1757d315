import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import type { Clock } from '../../../views/clock';
import type { Disposable } from '../../../views/emitter';
import type { OpenInspector } from './openInspector';

/** How long a way to an inspector stays where no session takes it (tasks may run first), and after the last one: VS Code restarts at once. */
const unusedMs = 600_000;
const afterMs = 5000;

interface Kept {
  readonly inspector: OpenInspector;
  readonly sessions: Set<string>;
  cancel: () => void;
}

/** Which inspectors were opened for debug sessions: each is let go after its last session, and offered to be closed. */
export class InspectorSessions implements Disposable {
  /** By the address that the configuration has. */
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly clock: Clock,
    private readonly offerClose: (inspector: OpenInspector) => void,
    private readonly log: (line: string) => void,
  ) {}

  /** Before a session is started with its address. */
  keep(inspector: OpenInspector): void {
    const address = inspector.websocketAddress;
    const before = this.kept.get(address);
    if (before) return;
    const kept: Kept = { inspector, sessions: new Set(), cancel: () => undefined };
    this.kept.set(address, kept);
    this.letGoAfter(kept, unusedMs);
  }

  started(id: string, websocketAddress: unknown): void {
    const kept = this.of(websocketAddress);
    if (!kept) return;
    kept.cancel();
    kept.sessions.add(id);
  }

  ended(id: string, websocketAddress: unknown): void {
    const kept = this.of(websocketAddress);
    if (!kept?.sessions.delete(id) || kept.sessions.size > 0) return;
    this.letGoAfter(kept, afterMs);
  }

  dispose(): void {
    for (const { inspector, cancel } of this.kept.values()) {
      cancel();
      void this.release(inspector);
    }
    this.kept.clear();
  }

  private of(websocketAddress: unknown): Kept | undefined {
    return typeof websocketAddress === 'string' ? this.kept.get(websocketAddress) : undefined;
  }

  private letGoAfter(kept: Kept, ms: number): void {
    kept.cancel();
    kept.cancel = this.clock.after(ms, () => void this.letGo(kept));
  }

  private async letGo({ inspector }: Kept): Promise<void> {
    this.kept.delete(inspector.websocketAddress);
    await this.release(inspector);
    try {
      if (inspector.isOurs && (await inspector.isStillOpen())) this.offerClose(inspector);
    } catch (error) {
      this.log(`whether an inspector is still open cannot be told: ${String(error)}`);
    }
  }

  private async release(inspector: OpenInspector): Promise<void> {
    try {
      await inspector.release();
    } catch (error) {
      this.log(`a bridge was not closed: ${String(error)}`);
    }
  }
}

export function stillOpenText({ row, port }: OpenInspector): string {
  return l10n.t(
    'The inspector of {0} is still open on port {1}: whoever can connect to it can run code in that process.',
    namedProcess(row),
    port,
  );
}
