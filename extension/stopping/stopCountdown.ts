import type { Clock } from '../../views/clock';
import type { Disposable } from '../../views/emitter';
import type { HostApi } from '../../views/hostApi';
import { l10n } from '../../views/l10n';
import { repeat } from '../../views/repeat';
import type { StopPhase } from '../../views/stopping/gracefulStop';
import { countdownText } from './countdownText';

const tickMs = 1000;

/** Says how far one graceful stop is, and each second how long until its next signal. */
export class StopCountdown implements Disposable {
  private latest: StopPhase | undefined;
  private readonly watching: Disposable;
  private readonly stopTicking: () => void;

  constructor(
    private readonly host: HostApi,
    private readonly clock: Clock,
    private readonly report: (text: string) => void,
  ) {
    this.watching = host.onDidChangeState(() => this.show());
    this.stopTicking = repeat(clock, tickMs, () => this.show());
  }

  tell(phase: StopPhase): void {
    this.latest = phase;
    this.show();
  }

  dispose(): void {
    this.stopTicking();
    this.watching.dispose();
  }

  private show(): void {
    if (this.latest) this.report(this.text(this.latest));
  }

  /** A native host that dies takes nobody's countdown with it: what is next goes by key through the one after it. */
  private text(phase: StopPhase): string {
    const text = countdownText(phase, this.clock.elapsed());
    if (this.host.state.kind === 'ready') return text;
    return l10n.t('{0}; the native host ended and is started again', text);
  }
}
