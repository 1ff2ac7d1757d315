import * as vscode from 'vscode';
import { visible } from '../../views/escape';
import { l10n } from '../../views/l10n';
import type { Messages } from '../messages';

const longestShown = 60;

export async function copy(messages: Messages, text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  messages.status(l10n.t('Copied {0}', visible(text).slice(0, longestShown)));
}
