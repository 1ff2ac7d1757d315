import * as vscode from 'vscode';
import { entryUsers, type EntryUser } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { userText } from './entryTexts';

type Item = vscode.QuickPickItem & { readonly user: EntryUser };

/** undefined: cancelled. */
export async function askUser(): Promise<EntryUser | undefined> {
  const items = entryUsers.map((user): Item => ({ user, label: userText(user) }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('Open Terminal: who to be in there'),
  });
  return chosen?.user;
}
