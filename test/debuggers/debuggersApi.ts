import * as vscode from 'vscode';
import type { DebuggersApi } from './extension/main';

/** Of the extension that brings the debuggers. */
export async function debuggersApi(): Promise<DebuggersApi> {
  const extension = vscode.extensions.getExtension<DebuggersApi>('pidfd-explorer-tests.debuggers');
  if (!extension) throw new Error('the debuggers are not installed');
  return extension.activate();
}
