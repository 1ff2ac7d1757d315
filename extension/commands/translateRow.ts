import * as vscode from 'vscode';
import type {
  NamespaceId,
  PidNamespace,
  ProcessRow,
  Translation,
} from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { aboutProcess } from '../errors';
import type { Services } from '../services';
import { copy } from './clipboard';
import { namespaceFacts, numberPlace, proofText } from './namespaceTexts';
import { revealVerb } from './reveal';
import type { ProcessVerb } from './verb';

type Item = vscode.QuickPickItem & { readonly act: () => Promise<void> };

/** One entry a namespace, outermost first; then what else can be done. */
function items(
  services: Services,
  translation: Translation,
  names: ReadonlyMap<NamespaceId, PidNamespace>,
): Item[] {
  const numbers = translation.numbers.map((number): Item => {
    const known = number.namespace === null ? undefined : names.get(number.namespace);
    return {
      label: String(number.nsPid),
      description: numberPlace(number, names),
      ...(known && { detail: namespaceFacts(known) }),
      act: () => copy(services.messages, String(number.nsPid)),
    };
  });
  return [...numbers, revealItem(services, translation.row)];
}

function revealItem(services: Services, row: ProcessRow): Item {
  return {
    label: l10n.t('Reveal in Processes'),
    iconPath: new vscode.ThemeIcon('list-tree'),
    act: () => revealVerb.run(services, row),
  };
}

async function namespaceNames({ host }: Services): Promise<ReadonlyMap<NamespaceId, PidNamespace>> {
  const { namespaces } = await host.request('namespaces/pid', null);
  return new Map(namespaces.map((namespace) => [namespace.id, namespace]));
}

/** A process' number in every PID namespace that it is in. */
export const translateRowVerb: ProcessVerb = {
  async run(services, row) {
    const translation = await aboutProcess(row, () =>
      services.host.request('translate/numbers', { key: row.key }),
    );
    const names = await namespaceNames(services);
    const chosen = await vscode.window.showQuickPick(items(services, translation, names), {
      title: l10n.t('{0} in each PID namespace, outermost first', namedProcess(row)),
      placeHolder: l10n.t('Choose a number to copy it ({0})', proofText(translation)),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    await chosen?.act();
  },
};
