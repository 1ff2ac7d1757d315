import * as vscode from 'vscode';
import { eventually } from '../support/eventually';

/** Presses Enter until the list has something to accept. */
export const acceptQuickPick = (result: PromiseLike<unknown>): Promise<void> =>
  runUntil(result, 'workbench.action.acceptSelectedQuickOpenItem');

/** Closes the list, in vain until it is on screen. */
export const cancelQuickPick = (result: PromiseLike<unknown>): Promise<void> =>
  runUntil(result, 'workbench.action.closeQuickOpen');

async function runUntil(result: PromiseLike<unknown>, command: string): Promise<void> {
  let done = false;
  void result.then(() => (done = true));
  const isDone = async () => {
    await vscode.commands.executeCommand(command);
    return done;
  };
  await eventually(`${command} is heard`, isDone, 30_000);
}
