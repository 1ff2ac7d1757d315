import * as vscode from 'vscode';
import type { ProcessKind, ProcessRow } from '../../native-host/protocol';
import type { Grouping } from './grouping';

const iconNames: Readonly<Record<ProcessKind, string>> = {
  kernelThread: 'circuit-board',
  containerInit: 'package',
  node: 'symbol-method',
  python: 'snake',
  java: 'coffee',
  go: 'rocket',
  dotnet: 'symbol-numeric',
  ruby: 'ruby',
  shell: 'terminal',
  native: 'gear',
};

const groupIcons: Readonly<Record<Grouping, string>> = {
  parent: 'list-tree',
  container: 'package',
  cgroup: 'dashboard',
  pidNamespace: 'symbol-namespace',
  user: 'account',
  executable: 'file-binary',
};

export const groupIcon = (grouping: Grouping) => new vscode.ThemeIcon(groupIcons[grouping]);

function color({ state }: ProcessRow, ended: boolean): vscode.ThemeColor | undefined {
  if (ended) return new vscode.ThemeColor('disabledForeground');
  if (state === 'Z' || state === 'X') return new vscode.ThemeColor('list.errorForeground');
  if (state === 'T' || state === 't') return new vscode.ThemeColor('list.warningForeground');
  return undefined;
}

/** The kind as a shape; what is wrong with it as a colour (the description says it in words too). */
export function processIcon(row: ProcessRow, ended: boolean): vscode.ThemeIcon {
  return new vscode.ThemeIcon(ended ? 'circle-slash' : iconNames[row.kind], color(row, ended));
}
