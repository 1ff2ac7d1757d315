import * as vscode from 'vscode';
import type { Entry, EntryOption, NamespaceType, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { typeName } from '../../views/namespaces/typeName';
import { namedProcess } from '../../views/rowText';
import { refusalText } from './entryTexts';

type Item = vscode.QuickPickItem & { readonly type: NamespaceType };

const item = ({ type, refusal }: EntryOption): Item => ({
  type,
  label: typeName(type),
  picked: refusal === null || refusal === 'needsUser',
  ...(refusal && { detail: refusalText(refusal) }),
});

/** Which namespaces to join: those that differ from ours. undefined: cancelled. */
export async function askJoin(
  row: ProcessRow,
  { options }: Entry,
): Promise<readonly NamespaceType[] | undefined> {
  const differing = options.filter(({ differs }) => differs === true);
  const chosen = await vscode.window.showQuickPick(differing.map(item), {
    title: l10n.t('Open Terminal: namespaces of {0} to join', namedProcess(row)),
    placeHolder: l10n.t('Those that are not listed are ours already'),
    canPickMany: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ type }) => type) : undefined;
}
