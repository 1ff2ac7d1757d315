import * as vscode from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import type { Services } from '../../services';
import { prepareAttach } from './prepareAttach';
import { mayAttach } from './mayAttach';

/** Finds out what it is, chooses a debugger, and starts it on exactly that process. */
export async function attachDebugger(
  services: Services,
  row: ProcessRow,
  anew: boolean,
): Promise<void> {
  const prepared = await prepareAttach(services, row, anew);
  if (!prepared) return;
  if (!mayAttach(services, prepared)) return;
  const configuration = prepared.debugger.configure(prepared.target);
  services.picks.add(row);
  await services.recents.note(row);
  // False where it did not start: VS Code has said why.
  await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
}
