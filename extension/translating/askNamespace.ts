import * as vscode from 'vscode';
import type { PidNamespace } from '../../native-host/protocol';
import { isKind } from '../../views/errorData';
import { quickPickText } from '../../views/escape';
import type { HostApi } from '../../views/hostApi';
import { l10n } from '../../views/l10n';
import type { NamespaceStore } from '../../views/namespaceStore';
import { namespaceFacts, namespaceName, orderNamespaces } from '../commands/namespaceTexts';
import type { Services } from '../services';
import type { ChosenNamespace } from './chosenNamespace';
import { namespaceOfProcess } from './namespaceOfProcess';
import { parseTypedNamespace } from './typedNamespace';

type Item = vscode.QuickPickItem & { readonly choose: () => Promise<ChosenNamespace | undefined> };

/** From a list, by a process that is in it, or by whatever names one. Undefined when it was cancelled. */
export async function askNamespace(
  services: Services,
  title: string,
  placeHolder: string,
): Promise<ChosenNamespace | undefined> {
  const items = listed(services).then((some) => [...some, ...others(services, title)]);
  const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true };
  const chosen = await vscode.window.showQuickPick<Item>(items, options);
  return await chosen?.choose();
}

async function listed({ host, live }: Services): Promise<Item[]> {
  const viewer = live.namespaces.join();
  try {
    const [all] = await Promise.all([list(host), viewer.want(true)]);
    return orderNamespaces(all).map((namespace) => item(namespace, live.namespaces.store));
  } finally {
    viewer.dispose();
  }
}

function item(namespace: PidNamespace, store: NamespaceStore): Item {
  const name = containerName(namespace, store) ?? namespaceName(namespace);
  return {
    label: name,
    description: namespaceFacts(namespace),
    choose: () => Promise.resolve(toChosen(namespace, name)),
  };
}

/** As engines and hosts call it; what it runs says the rest. Where a view shows it already, by its best name. */
function containerName({ id }: PidNamespace, store: NamespaceStore): string | undefined {
  const name = store.namespace('pid', id)?.name;
  return name && (name.engine !== null || name.source !== 'init')
    ? quickPickText(name.text)
    : undefined;
}

/** Without a procfs there is no list, and everything else works. */
async function list(host: HostApi): Promise<readonly PidNamespace[]> {
  try {
    return (await host.request('namespaces/pid', null)).namespaces;
  } catch (error) {
    if (isKind(error, 'Unsupported')) return [];
    throw error;
  }
}

function toChosen(namespace: PidNamespace, name: string): ChosenNamespace {
  if (namespace.depth === 0) return { ref: { kind: 'ours' }, name };
  return { ref: { kind: 'namespace', namespace: namespace.id }, name };
}

function others({ picker }: Services, title: string): Item[] {
  return [
    {
      label: l10n.t('Namespace of a process...'),
      iconPath: new vscode.ThemeIcon('list-tree'),
      alwaysShow: true,
      choose: async () => {
        const row = await picker.pick(title);
        return row && namespaceOfProcess(row);
      },
    },
    {
      label: l10n.t('By container, inode or path...'),
      iconPath: new vscode.ThemeIcon('edit'),
      alwaysShow: true,
      choose: () => askTyped(title),
    },
  ];
}

async function askTyped(title: string): Promise<ChosenNamespace | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: l10n.t(
      'The name or id of a container, an inode, a path such as /proc/4711/ns/pid or a bind mount, or PID:INODE of a process in it',
    ),
    validateInput: (value) =>
      parseTypedNamespace(value)
        ? undefined
        : l10n.t('A container, an inode, a path or PID:INODE, please.'),
  });
  const ref = text === undefined ? undefined : parseTypedNamespace(text);
  return ref && { ref, name: l10n.t('Namespace {0}', quickPickText(text?.trim() ?? '')) };
}
