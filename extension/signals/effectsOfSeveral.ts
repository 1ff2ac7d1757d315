import type { SignalEffect } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { effectText } from '../../views/signalEffects';
import { signalName } from '../../views/signals';

/** What will happen to how many. */
export function effectsOfSeveral(signal: number, effects: readonly SignalEffect[]): string {
  const name = signalName(signal);
  const [first, ...others] = new Set(effects);
  if (first && others.length === 0) {
    return l10n.t('Effect of {0} on each of them: {1}.', name, effectText(first));
  }
  return counts(effects)
    .map(([effect, n]) => l10n.t('Effect of {0} on {1} of them: {2}.', name, n, effectText(effect)))
    .join('\n');
}

function counts(effects: readonly SignalEffect[]): [SignalEffect, number][] {
  const found = new Map<SignalEffect, number>();
  for (const effect of effects) found.set(effect, (found.get(effect) ?? 0) + 1);
  return [...found];
}
