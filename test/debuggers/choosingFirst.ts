import * as vscode from 'vscode';

/** Of several debuggers that are installed the first one, as Enter does, whenever that is asked. */
export async function choosingFirst<T>(action: Promise<T>): Promise<T> {
  const accept = 'workbench.action.acceptSelectedQuickOpenItem';
  const timer = setInterval(() => void vscode.commands.executeCommand(accept), 500);
  return action.finally(() => clearInterval(timer));
}
