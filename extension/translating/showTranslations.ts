import * as vscode from 'vscode';
import type { ProcessRow, TranslatedNumbers } from '../../native-host/protocol';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { processName } from '../../views/rowText';
import { copy } from '../commands/clipboard';
import { wayText } from '../commands/namespaceTexts';
import { revealVerb } from '../commands/reveal';
import type { Services } from '../services';
import { agrees } from './agrees';
import type { ChosenNamespace } from './chosenNamespace';
import type { Outcome } from './translate';
import {
  answerMeaning,
  relationText,
  translatedText,
  translationsText,
  type Translated,
} from './translationTexts';

type Item = vscode.QuickPickItem & { readonly act: () => Promise<unknown> };

/** Whose numbers they are is looked up for so many: each is one more request. */
const mostNamed = 20;

/** A line for each number, to be copied, and what else there is to do. */
export async function showTranslations(
  services: Services,
  { all, facts }: Outcome,
  source: ChosenNamespace,
  target: ChosenNamespace,
): Promise<void> {
  const rows = await rowsOf(services, all, facts);
  const items = all.map((one, index) => numberItem(services, one, rows[index]));
  const chosen = await vscode.window.showQuickPick<Item>(
    [...items, ...furtherItems(services, all, rows, source)],
    {
      title: relationText(facts.relation, source.name, target.name),
      placeHolder: l10n.t('Choose a number to copy it ({0})', wayText(facts.proof)),
      matchOnDescription: true,
    },
  );
  await chosen?.act();
}

function numberItem({ messages }: Services, one: Translated, row: ProcessRow | undefined): Item {
  const { answer } = one;
  const facts = [row && quickPickText(processName(row)), answerMeaning(answer)];
  return {
    label: translatedText(one),
    description: facts.filter(Boolean).join(' · '),
    act: () => copy(messages, typeof answer === 'number' ? String(answer) : translatedText(one)),
  };
}

function furtherItems(
  services: Services,
  all: readonly Translated[],
  rows: readonly (ProcessRow | undefined)[],
  source: ChosenNamespace,
): Item[] {
  const [row] = rows.length === 1 ? rows : [];
  const reveal: Item[] = row
    ? [
        {
          label: l10n.t('Reveal in Processes'),
          iconPath: new vscode.ThemeIcon('list-tree'),
          act: () => revealVerb.run(services, row),
        },
      ]
    : [];
  const [one] = all;
  if (one && all.length === 1) return [copyNumberItem(services, one, source), ...reveal];
  const copyAll = {
    label: l10n.t('Copy All'),
    iconPath: new vscode.ThemeIcon('copy'),
    act: () => copy(services.messages, translationsText(all)),
  };
  return [...reveal, copyAll];
}

/** The one that was typed; what it is elsewhere is copied by its own line. */
function copyNumberItem({ messages }: Services, { number }: Translated, source: ChosenNamespace) {
  return {
    label: l10n.t('Copy {0}', number),
    description: quickPickText(source.name),
    iconPath: new vscode.ThemeIcon('copy'),
    act: () => copy(messages, String(number)),
  };
}

/** Whose they are; undefined where that is nobody any more, or cannot be seen. */
function rowsOf(
  services: Services,
  all: readonly Translated[],
  facts: TranslatedNumbers,
): Promise<(ProcessRow | undefined)[]> {
  return Promise.all(
    all.map(async (one, index) => {
      if (index >= mostNamed || one.isThread || one.answer === 'noProcess') return undefined;
      try {
        return await rowOf(services, one, facts);
      } catch (error) {
        services.log.info(`whose number ${one.number} is: ${String(error)}`);
        return undefined;
      }
    }),
  );
}

/** Looked up after it was translated: it must still be whom the answer was about. */
async function rowOf({ host }: Services, one: Translated, { source, target }: TranslatedNumbers) {
  const asked = { namespace: source, nsPid: one.number };
  const found = await host.request('translate/find', asked);
  return found && agrees(one.answer, found, target) ? found.row : undefined;
}
