import * as vscode from 'vscode';
import { documentScheme } from './contributions';
import type { ReadOnlyDocuments } from './readOnlyDocuments';

/** Shows Markdown that was written just now, in the preview where there is one. */
export class Reports {
  constructor(
    private readonly documents: ReadOnlyDocuments,
    private readonly log: (line: string) => void,
  ) {}

  /** One document a name: the next report of that name takes its place. */
  async show(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/${name}.md` });
    this.documents.set(uri, markdown);
    await this.preview(uri);
  }

  /** The preview belongs to a built-in extension that may be switched off: then the text itself has to do. */
  private async preview(document: vscode.Uri): Promise<void> {
    try {
      await vscode.commands.executeCommand('markdown.showPreview', document);
    } catch (error) {
      this.log(`no Markdown preview: ${String(error)}`);
      await vscode.window.showTextDocument(document, { preview: true });
    }
  }
}
