import * as vscode from 'vscode';
import type { AfterExit } from '../../views/targets/afterExit';
import type { Starter } from './runAfterExit';

type Kind<K extends AfterExit['kind']> = AfterExit & { kind: K };

/** Each is looked up now: what was chosen may be gone, or may have come with another workspace. */
export const vscodeStarter: Starter = {
  isTrusted: () => vscode.workspace.isTrusted,
  async start(after) {
    switch (after.kind) {
      case 'task':
        return startTask(after);
      case 'command':
        return startCommand(after);
      case 'launch':
        return startLaunch(after);
    }
  },
};

async function startTask(after: Kind<'task'>): Promise<boolean> {
  const tasks = await vscode.tasks.fetchTasks();
  const task = tasks.find((one) => isSameTask(taskChoice(one), after));
  if (task) await vscode.tasks.executeTask(task);
  return task !== undefined;
}

async function startCommand({ id }: Kind<'command'>): Promise<boolean> {
  const exists = (await vscode.commands.getCommands(true)).includes(id);
  if (exists) await vscode.commands.executeCommand(id);
  return exists;
}

async function startLaunch(after: Kind<'launch'>): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.find(
    ({ uri }) => uri.toString() === after.folder,
  );
  const exists = folder !== undefined && launchNames(folder).includes(after.name);
  // False where it failed, too: VS Code has said why by then.
  return exists && (await vscode.debug.startDebugging(folder, after.name), true);
}

export function taskChoice({ name, source, scope }: vscode.Task): Kind<'task'> {
  const folder = typeof scope === 'object' ? scope.uri.toString() : null;
  return { kind: 'task', name, source, folder };
}

function isSameTask(one: Kind<'task'>, other: Kind<'task'>): boolean {
  return one.name === other.name && one.source === other.source && one.folder === other.folder;
}

/** Of a folder's own launch.json. It is whatever somebody wrote there. */
export function launchNames(folder: vscode.WorkspaceFolder): string[] {
  const found = vscode.workspace
    .getConfiguration('launch', folder.uri)
    .inspect<unknown>('configurations')?.workspaceFolderValue;
  const configurations: unknown[] = Array.isArray(found) ? found : [];
  return configurations
    .map((one) => (one as { name?: unknown } | null)?.name)
    .filter((name) => typeof name === 'string' && name !== '') as string[];
}
