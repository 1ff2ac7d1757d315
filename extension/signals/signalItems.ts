import type * as vscode from 'vscode';
import type { SignalPreviews } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { effectText } from '../../views/signalEffects';
import { signalMeaning, type Signal } from '../../views/signals';

export interface SignalItem extends vscode.QuickPickItem {
  readonly signal: number;
}

/** Name and number; below, what it would do here, once that is known, and what it means. */
export function signalItem(
  signal: Signal,
  previews: SignalPreviews | undefined,
  buttons: readonly vscode.QuickInputButton[],
): SignalItem {
  const pending = previews?.pending.includes(signal.number) ? l10n.t('one is pending') : undefined;
  const effect = previews?.effects[signal.number - 1];
  return {
    label: signal.name,
    description: String(signal.number),
    detail: [effect && effectText(effect), pending, signalMeaning(signal)]
      .filter(Boolean)
      .join(' · '),
    signal: signal.number,
    buttons,
  };
}
