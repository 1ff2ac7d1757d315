import * as vscode from 'vscode';
import { settingFits, type Settings } from './contributions';

/** A setting's value now; its default, which package.json gives to every one, where somebody wrote what it cannot be. */
export function readSetting<K extends keyof Settings>(name: K): Settings[K] {
  const all = vscode.workspace.getConfiguration();
  const value = all.get<Settings[K]>(name);
  return (settingFits[name](value) ? value : all.inspect(name)?.defaultValue) as Settings[K];
}
