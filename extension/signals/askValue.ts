import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { signalName } from '../../views/signals';
import { parseValue } from './typedValue';

export async function askValue(signal: number): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: l10n.t('{0} with Value', signalName(signal)),
    prompt: l10n.t('A whole number; the handler finds it in si_value, as from sigqueue(3)'),
    value: '0',
    validateInput: (typed) =>
      parseValue(typed) === undefined ? l10n.t('A whole number of 32 bits, please.') : undefined,
  });
  return text === undefined ? undefined : parseValue(text);
}
