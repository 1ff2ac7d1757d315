import * as vscode from 'vscode';
import { protocolVersion, type InitializeResult } from '../../native-host/protocol';
import { capabilityReport } from '../capabilities/capabilityReport';
import { documentScheme } from '../contributions';
import type { ReadOnlyDocuments } from '../readOnlyDocuments';
import type { Services } from '../services';

const uri = vscode.Uri.from({ scheme: documentScheme, path: '/Pidfd Capabilities.md' });

/** Shows what this kernel, container and user allow, in the Markdown preview where there is one. */
export async function showCapabilities(
  { host, log }: Services,
  documents: ReadOnlyDocuments,
): Promise<void> {
  // Whatever asks first starts the native host; this answer never changes while it lives.
  const hello: InitializeResult =
    host.state.kind === 'ready'
      ? host.state.hello
      : await host.request('initialize', { protocolVersion });
  documents.set(uri, capabilityReport(hello));
  await showPreview(uri, log);
}

/** The preview belongs to a built-in extension that may be switched off: then the text itself has to do. */
async function showPreview(document: vscode.Uri, log: Services['log']): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', document);
  } catch (error) {
    log.info(`no Markdown preview: ${String(error)}`);
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
