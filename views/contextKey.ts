import * as vscode from 'vscode';
import type { ContextKeys } from '../extension/contributions';

/** Sets a key that package.json's `when` clauses test for. */
export function setContext<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
