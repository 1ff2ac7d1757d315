import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import type { Services } from '../services';
import { askNamespace } from '../translating/askNamespace';
import type { ChosenNamespace } from '../translating/chosenNamespace';
import { showTranslations } from '../translating/showTranslations';
import { translate } from '../translating/translate';
import { parseTypedNumbers } from '../translating/typedNumbers';

/**
 * Numbers of one PID namespace, for instance from a container's log, to those of another. Asks for the first one, too,
 * where none is given.
 */
export async function translatePid(services: Services, given?: ChosenNamespace): Promise<void> {
  const numbers = await askNumbers();
  if (!numbers) return;
  const title = l10n.t('Translate PID {0}', numbers.join(', '));
  const source =
    given ?? (await askNamespace(services, title, l10n.t('From: where these numbers count')));
  if (!source) return;
  const target = await askNamespace(services, title, l10n.t('To: where the numbers are wanted'));
  if (!target) return;
  const outcome = await translate(services.host, numbers, source, target);
  await showTranslations(services, outcome, source, target);
}

async function askNumbers(): Promise<readonly number[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: l10n.t('Translate PID'),
    ignoreFocusOut: true, // the numbers are looked up elsewhere
    prompt: l10n.t(
      'A process number as a container or another PID namespace knows it, or several; 1 is the init of a namespace',
    ),
    validateInput: (value) =>
      parseTypedNumbers(value) ? undefined : l10n.t('Whole numbers above 0, please.'),
  });
  return text === undefined ? undefined : parseTypedNumbers(text);
}
