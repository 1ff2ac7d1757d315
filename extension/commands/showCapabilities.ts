import * as vscode from 'vscode';
import { protocolVersion, type InitializeResult } from '../../native-host/protocol';
import { capabilityReport } from '../capabilities/capabilityReport';
import { documentScheme } from '../contributions';
import type { ReadOnlyDocuments } from '../readOnlyDocuments';
import type { Services } from '../services';

const uri = vscode.Uri.from({ scheme: documentScheme, path: '/Pidfd Capabilities.md' });

/** Shows what this kernel, container and user allow, in the Markdown preview where there is one. */
export async function showCapabilities(
  { host }: Services,
  documents: ReadOnlyDocuments,
): Promise<void> {
  // Whatever asks first starts the native host; this answer never changes while it lives.
  const hello: InitializeResult =
    host.state.kind === 'ready'
      ? host.state.hello
      : await host.request('initialize', { protocolVersion });
  documents.set(uri, capabilityReport(hello));
  const commands = await vscode.commands.getCommands(true);
  if (commands.includes('markdown.showPreview')) {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } else {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}
