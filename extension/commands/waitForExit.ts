import * as vscode from 'vscode';
import { views } from '../contributions';
import { aboutProcess } from '../errors';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import type { PickableVerb } from './verb';

export const waitForExitVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to wait for');
  },
  async run({ targets, messages }, row) {
    await aboutProcess(row, () => targets.hold(row));
    messages.status(l10n.t('Waiting for {0} to exit', namedProcess(row)));
    await vscode.commands.executeCommand(`${views.targets}.open`, { preserveFocus: true });
  },
};
