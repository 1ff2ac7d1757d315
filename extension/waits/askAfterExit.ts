import * as vscode from 'vscode';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import type { AfterExit } from '../../views/targets/afterExit';
import { NothingDone } from '../errors';
import { launchNames, taskChoice } from './startAfterExit';

type Item = vscode.QuickPickItem & { after: AfterExit };

/** What to start when the process has ended; undefined when nothing was chosen. */
export async function askAfterExit(): Promise<AfterExit | undefined> {
  requireTrust();
  const kind = await askKind();
  if (!kind) return undefined;
  const placeHolder = l10n.t('What to start when the process has ended');
  const items = itemsOf(kind).then((all) => requireSome(kind, all));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))
    ?.after;
}

function requireSome(kind: AfterExit['kind'], items: Item[]): Item[] {
  if (items.length > 0) return items;
  throw new NothingDone(
    kind === 'launch'
      ? l10n.t('No folder of this window has a launch configuration.')
      : l10n.t('There is no task in this window.'),
  );
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new NothingDone(
    l10n.t('This workspace is not trusted, so nothing can be started from here.'),
  );
}

async function askKind(): Promise<AfterExit['kind'] | undefined> {
  const items: (vscode.QuickPickItem & { kindOfStart: AfterExit['kind'] })[] = [
    { label: l10n.t('Run a Task...'), kindOfStart: 'task' },
    { label: l10n.t('Run a Command...'), kindOfStart: 'command' },
    { label: l10n.t('Start a Launch Configuration...'), kindOfStart: 'launch' },
  ];
  const placeHolder = l10n.t('What to do when the process has ended');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.kindOfStart;
}

async function itemsOf(kind: AfterExit['kind']): Promise<Item[]> {
  switch (kind) {
    case 'task':
      return (await vscode.tasks.fetchTasks()).map(taskItem);
    case 'command':
      return (await vscode.commands.getCommands(true)).sort().map(commandItem);
    case 'launch':
      return (vscode.workspace.workspaceFolders ?? []).flatMap(launchItems);
  }
}

function taskItem(task: vscode.Task): Item {
  const folder = typeof task.scope === 'object' ? task.scope.name : '';
  const description = quickPickText([task.source, folder].filter(Boolean).join(' · '));
  return { label: quickPickText(task.name), description, after: taskChoice(task) };
}

function commandItem(id: string): Item {
  return { label: quickPickText(id), after: { kind: 'command', id } };
}

function launchItems(folder: vscode.WorkspaceFolder): Item[] {
  const description = quickPickText(folder.name);
  return launchNames(folder).map((name) => ({
    label: quickPickText(name),
    description,
    after: { kind: 'launch', name, folder: folder.uri.toString() },
  }));
}
