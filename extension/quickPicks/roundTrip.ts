import * as vscode from 'vscode';

/**
 * Settles once the window has all that it was told before, and what it told before that has come: VS Code sends in order.
 * New rows of a list it sends at the end of a turn (`_updateTimeout` in extHostQuickOpen.ts), so that has to pass first.
 */
export async function roundTrip(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await vscode.commands.executeCommand('setContext', 'pidfd.reached', true); // nobody reads it
}
