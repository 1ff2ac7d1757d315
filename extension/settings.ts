import * as vscode from 'vscode';
import type { Settings } from './contributions';

/** A setting's value now; package.json gives every one a default. */
export function readSetting<K extends keyof Settings>(name: K): Settings[K] {
  return vscode.workspace.getConfiguration().get(name) as Settings[K];
}
