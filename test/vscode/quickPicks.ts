import * as vscode from 'vscode';
import { eventually } from '../support/eventually';

/** Presses Enter until the list has something to accept. */
export async function acceptQuickPick(result: PromiseLike<unknown>): Promise<void> {
  let done = false;
  void result.then(() => (done = true));
  await eventually(
    'accepted',
    async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 100));
      return done;
    },
    15_000,
  );
}

/** Closes the list, in vain until it is on screen. */
export async function cancelQuickPick(result: PromiseLike<unknown>): Promise<void> {
  let done = false;
  void result.then(() => (done = true));
  await eventually(
    'cancelled',
    async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return done;
    },
    15_000,
  );
}
