import { l10n } from '../../views/l10n';
import { signalName } from '../../views/signals';
import type { StopPhase } from '../../views/stopping/gracefulStop';

/** `SIGTERM sent, SIGKILL in 4 s`. */
export function countdownText({ signal, next, until }: StopPhase, now: number): string {
  const sent = signalName(signal);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return next === null
    ? l10n.t('{0} sent, waiting {1} s for its end', sent, seconds)
    : l10n.t('{0} sent, {1} in {2} s', sent, signalName(next), seconds);
}
