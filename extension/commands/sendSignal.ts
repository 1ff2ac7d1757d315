import * as vscode from 'vscode';
import { namedProcess } from '../../views/rowText';
import { l10n } from '../../views/l10n';
import { signalMeaning, signals } from '../../views/signals';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

function signalItems(): (vscode.QuickPickItem & { readonly signal: number })[] {
  return signals.map((signal) => ({
    label: signal.name,
    description: String(signal.number),
    detail: signalMeaning(signal),
    signal: signal.number,
  }));
}

export const sendSignalVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to send a signal to');
  },
  async run(services, row) {
    const chosen = await vscode.window.showQuickPick(signalItems(), {
      placeHolder: l10n.t('Signal for {0}', namedProcess(row)),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen) await sendSignal(services, row, chosen.signal);
  },
};
