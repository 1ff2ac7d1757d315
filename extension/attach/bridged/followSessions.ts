import * as vscode from 'vscode';
import type { Disposable } from '../../../views/emitter';
import type { KeptForSessions } from './keptForSessions';

/** Joins it to VS Code's sessions, whose configurations have the address. Restart ends one and starts it again. */
export function followSessions<T extends { release(): Promise<void> }>(
  kept: KeptForSessions<T>,
  addressIn: (configuration: vscode.DebugConfiguration) => string | undefined,
): Disposable {
  const parts = [
    vscode.debug.onDidStartDebugSession(({ id, configuration }) => {
      const address = addressIn(configuration);
      if (address !== undefined) kept.started(id, address);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id, configuration }) => {
      const address = addressIn(configuration);
      if (address !== undefined) kept.ended(id, address);
    }),
  ];
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}
