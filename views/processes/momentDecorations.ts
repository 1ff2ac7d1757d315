import * as vscode from 'vscode';
import type { ProcessKey } from '../../native-host/protocol';
import { colors } from '../../extension/contributions';
import type { ProcessNode } from './tree/shownTree';

/** Only rows of processes that came or ended a moment ago carry such an address; nothing is stored there. */
const newScheme = 'pidfd-new';
const endedScheme = 'pidfd-ended';

export function momentUri({ key, ended, isNew }: ProcessNode): vscode.Uri | undefined {
  if (ended) return vscode.Uri.from({ scheme: endedScheme, path: `/${key}` });
  return isNew ? newUri(key) : undefined;
}

const newUri = (key: ProcessKey) => vscode.Uri.from({ scheme: newScheme, path: `/${key}` });

/**
 * Colours the labels of rows that are new, and of those that keep their place for a moment after their process ended.
 * What is no longer new loses its colour without a refresh of its row, which would close its tooltip.
 */
export class MomentDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(private readonly isNew: (key: ProcessKey) => boolean) {}

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme === endedScheme) return colored(colors.ended);
    const isNew = uri.scheme === newScheme && this.isNew(uri.path.slice(1) as ProcessKey);
    return isNew ? colored(colors.new) : undefined;
  }

  settle(keys: readonly ProcessKey[]): void {
    if (keys.length > 0) this.changed.fire(keys.map(newUri));
  }

  dispose(): void {
    this.changed.dispose();
  }
}

const colored = (id: string) => ({ color: new vscode.ThemeColor(id), propagate: false });
